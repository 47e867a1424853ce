using JupyterHub.AspNetCore.Logins;
using JupyterHub.AspNetCore.Pages.Files;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Proxying;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JupyterHub.AspNetCore.Hosting;

/// <summary>Brings the hub up and down with its application (contract 16).</summary>
/// <remarks>
/// What can be refused is refused before the listener opens; what needs the hub's address (finding running servers again) follows once it is
/// open. On the way down servers end first, while they can still be told so, then the streams that would hold the listener open.
/// </remarks>
internal sealed class HubRuntime(
    HubDomain domain,
    RedirectLogins logins,
    HubAddresses addresses,
    BoundAddress bound,
    ShutdownSignal shutdown,
    ShutdownRequest request,
    HubMetrics metrics,
    JupyterHubOptions options,
    IServer server,
    IServiceProvider services,
    ILogger<HubRuntime> logger) : IHostedLifecycleService
{
    private static readonly Uri Anywhere = new("http://0.0.0.0/");

    private long began;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        began = metrics.Now;
        if (services.GetService<HubListener>() is { } listener)
        {
            CheckLoopback([listener.Url]);
            listener.Apply(server);
        }

        // Files of the operator's that cannot be read are told before the database is touched.
        services.GetRequiredService<CustomFiles>();
        await logins.CheckAsync();
        await domain.OpenAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        CheckLoopback(bound.Listeners());
        if (bound.ConnectUrl() is not { } url)
        {
            Log.NoListener(logger);
            return;
        }

        addresses.Bind(url);
        await ResumeAsync(cancellationToken);
        metrics.Started(began);
        Log.Running(logger, url, addresses.HubPath);
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await domain.ShutdownAsync(request.CleanupServers ?? options.CleanupServers, request.CleanupProxy ?? options.CleanupProxy, cancellationToken);
        shutdown.Set();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => domain.CloseAsync(cancellationToken);

    /// <summary>Nobody stops a host that failed to start: what was begun is ended here.</summary>
    private async Task ResumeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await domain.ResumeAsync(cancellationToken);
        }
        catch
        {
            await domain.ShutdownAsync(stopServers: false, options.CleanupProxy, CancellationToken.None);
            await domain.CloseAsync(CancellationToken.None);
            throw;
        }
    }

    private void CheckLoopback(IReadOnlyList<Uri> listeners)
    {
        if (services.GetRequiredService<AuthenticatorOptions>() is DummyAuthenticatorOptions dummy)
        {
            // Behind a proxy it is the proxy's address that others can reach; one that only its operator knows may be any.
            var reachable = services.GetRequiredService<IHubProxy>() is IExternalProxy external ? [.. listeners, external.PublicUrl ?? Anywhere] : listeners;
            LoopbackRequirement.Check(dummy, reachable);
        }
    }
}
