using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Yarp.ReverseProxy.Forwarder;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>
/// YARP's forwarder with its logging off: it writes whole URLs, and servers accept tokens in their query.
/// Made apart from the host's services, so that a host that uses YARP itself keeps its own.
/// </summary>
internal sealed class QuietForwarder : IDisposable
{
    private readonly ServiceProvider services;

    public QuietForwarder(TimeProvider time)
    {
        services = new ServiceCollection()
            .AddSingleton(time)
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddHttpForwarder()
            .BuildServiceProvider();
        Instance = services.GetRequiredService<IHttpForwarder>();
    }

    public IHttpForwarder Instance { get; }

    public void Dispose() => services.Dispose();
}
