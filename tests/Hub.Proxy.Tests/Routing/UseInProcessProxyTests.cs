using JupyterHub.Core.Hosting;
using JupyterHub.Core.Proxying;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.Proxy.Tests.Routing;

public class UseInProcessProxyTests
{
    [Fact]
    public void It_replaces_another_proxy_and_may_be_said_twice()
    {
        var builder = new Builder();
        builder.Services.AddSingleton<IHubProxy, OtherProxy>();
        builder.UseInProcessProxy(proxy => proxy.ConnectTimeout = TimeSpan.FromSeconds(3));
        builder.UseInProcessProxy(proxy => proxy.MaxResponseHeadersKilobytes = 8);

        using var services = builder.Services.BuildServiceProvider(validateScopes: true);
        Assert.IsType<InProcessProxy>(Assert.Single(services.GetServices<IHubProxy>()));
        Assert.Same(services.GetRequiredService<IHubProxy>(), services.GetRequiredService<InProcessProxy>());
        var options = services.GetRequiredService<InProcessProxyOptions>();
        Assert.Equal((TimeSpan.FromSeconds(3), 8), (options.ConnectTimeout, options.MaxResponseHeadersKilobytes));
        Assert.NotNull(services.GetRequiredService<ProxyForwarder>());
    }

    [Fact]
    public void It_works_without_settings()
    {
        var builder = new Builder();
        builder.UseInProcessProxy();
        using var services = builder.Services.BuildServiceProvider(validateScopes: true);
        Assert.NotNull(services.GetRequiredService<ProxyForwarder>());
    }

    [Fact]
    public void The_hosts_own_services_are_left_alone()
    {
        var builder = new Builder();
        builder.UseInProcessProxy();
        Assert.DoesNotContain(builder.Services, service => service.ServiceType.FullName!.StartsWith("Yarp.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 60_000, 64, "ConnectTimeout")]
    [InlineData(-2, 60_000, 64, "ConnectTimeout")]
    [InlineData(60_000, 0, 64, "ActivityTimeout")]
    [InlineData(60_000, long.MaxValue / 10_000, 64, "ActivityTimeout")]
    [InlineData(60_000, 60_000, 0, "MaxResponseHeadersKilobytes")]
    public void Settings_that_cannot_work_are_named(long connect, long activity, int headers, string name)
    {
        var builder = new Builder();
        builder.UseInProcessProxy(proxy =>
        {
            proxy.ConnectTimeout = TimeSpan.FromMilliseconds(connect);
            proxy.ActivityTimeout = TimeSpan.FromMilliseconds(activity);
            proxy.MaxResponseHeadersKilobytes = headers;
        });
        using var services = builder.Services.BuildServiceProvider();
        Assert.Contains(name, Assert.Throws<HubStartupException>(services.GetRequiredService<ProxyForwarder>).Message, StringComparison.Ordinal);
    }

    private sealed class Builder : IHubBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection()
            .AddLogging().AddHubCore().Services;
    }

    private sealed class OtherProxy : IHubProxy
    {
        public Task AddRouteAsync(ProxyRoute route, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<bool> RemoveRouteAsync(string routespec, CancellationToken cancellationToken) => Task.FromResult(false);

        public Task<IReadOnlyList<ProxyRoute>> GetRoutesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ProxyRoute>>([]);
    }
}
