using System.Security.Cryptography;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JupyterHub.AspNetCore.Pages.Admin.Users.Stopping;

/// <summary>
/// Stops many servers, some at a time. It goes on whoever leaves the page that shows it, and before each server it asks again whether the
/// person who began it may still stop that one.
/// </summary>
internal sealed class ServerStops(
    ServerSupervisor supervisor, IAuthorities authorities, PageTexts texts, IHostApplicationLifetime lifetime, ILogger<ServerStops> logger)
{
    /// <summary>So many servers are on their way down at once.</summary>
    internal const int Parallel = 16;

    private const int MostKept = 64;

    private readonly Lock gate = new();
    private readonly List<ServerStop> kept = [];

    /// <summary>Begins; the answer to that is a page that shows how far it is.</summary>
    public ServerStop Begin(Requester asker, IReadOnlyList<ServerKey> servers, string back)
    {
        var stop = new ServerStop(RandomNumberGenerator.GetHexString(32, lowercase: true), asker.Id, servers, back);
        lock (gate)
        {
            // What is over can be forgotten, the oldest first; what goes on stays until it ends.
            while (kept.Count >= MostKept && kept.Find(other => other.IsOver) is { } old)
            {
                kept.Remove(old);
            }

            kept.Add(stop);
        }

        Log.StopsServers(logger, LogText.Bound(asker.Name), servers.Count);
        _ = Task.Run(() => RunAsync(stop, lifetime.ApplicationStopping), CancellationToken.None);
        return stop;
    }

    public ServerStop? Find(string id, Requester viewer)
    {
        lock (gate)
        {
            return kept.Find(stop => viewer.IsUser && stop.Owner == viewer.Id && stop.Id == id);
        }
    }

    private async Task RunAsync(ServerStop stop, CancellationToken stopping)
    {
        try
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = stopping };
            await System.Threading.Tasks.Parallel.ForEachAsync(stop.Servers, parallel, (server, token) => StopAsync(stop, server, token));
        }
        catch (OperationCanceledException)
        {
            // The hub shuts down and decides by itself what becomes of its servers.
        }
        finally
        {
            stop.End();
        }
    }

    private async ValueTask StopAsync(ServerStop stop, ServerKey server, CancellationToken cancellationToken)
    {
        try
        {
            var authority = await authorities.OfUserAsync(stop.Owner, cancellationToken);
            if (!authority.Allows("delete:servers", Resource.Server(server.UserName, server.ServerName)))
            {
                stop.Fail(server, texts["You may not stop it any more."]);
                return;
            }

            var operation = await supervisor.StopAsync(server.UserName, server.ServerName, cancellationToken);
            if (await operation.Completion.WaitAsync(cancellationToken) is { } failure)
            {
                stop.Fail(server, failure.Message);
                return;
            }

            stop.Count();
        }
        catch (ServerOperationException refused) when (refused.Kind == ServerOperationError.NotFound)
        {
            // It was deleted meanwhile.
            stop.Count();
        }
        catch (ServerOperationException refused)
        {
            stop.Fail(server, refused.Message);
        }
#pragma warning disable CA1031 // One server that cannot be stopped keeps none of the others from it.
        catch (Exception problem) when (problem is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.ServerNotStopped(logger, problem, LogText.Bound(server.UserName), LogText.Bound(server.ServerName));
            stop.Fail(server, texts["The hub's log says why."]);
        }
    }
}
