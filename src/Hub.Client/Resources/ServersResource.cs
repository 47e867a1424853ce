using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using JupyterHub.Client.Http;
using JupyterHub.Client.Models;

namespace JupyterHub.Client.Resources;

/// <summary>Servers of users. The default server has the empty name.</summary>
public sealed class ServersResource
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private readonly HubApi api;
    private readonly UsersResource users;

    internal ServersResource(HubApi api, UsersResource users) => (this.api, this.users) = (api, users);

    /// <summary>One server, stopped or not; null when there is none. Hubs before 6.0 are asked for their user instead.</summary>
    public async Task<HubServer?> FindAsync(string user, string server = "", CancellationToken cancellationToken = default)
    {
        try
        {
            return await api.GetAsync(ApiPath.Server(user, server), HubJson.Default.HubServer, cancellationToken);
        }
        catch (JupyterHubException refusal) when (refusal.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (JupyterHubException refusal) when (refusal.Status == HttpStatusCode.MethodNotAllowed)
        {
            var model = await users.GetAsync(user, includeStoppedServers: true, cancellationToken);
            return model.Servers?.GetValueOrDefault(server);
        }
    }

    /// <summary>Creates a named server without starting it (hubs since 6.0).</summary>
    public Task<HubServer> CreateAsync(string user, string server, ServerOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Put, ApiPath.Server(user, server), HubApi.Json(options ?? new(), HubJson.Default.ServerOptions), HubJson.Default.HubServer, cancellationToken);

    /// <summary>
    /// Starts a server. The hub waits some seconds for it: <see cref="ServerChange.Pending"/> when that was not enough.
    /// </summary>
    public async Task<ServerChange> StartAsync(string user, string server = "", ServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var answer = await api.SendAsync(HttpMethod.Post, ApiPath.Server(user, server), StartBody(options), cancellationToken);
        return ChangeOf(answer.StatusCode);
    }

    /// <summary>Changes a stopped server (hubs since 6.0).</summary>
    public Task<HubServer> PatchAsync(string user, string server, ServerPatch patch, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Patch, ApiPath.Server(user, server), HubApi.Json(patch, HubJson.Default.ServerPatch), HubJson.Default.HubServer, cancellationToken);

    /// <summary>Stops a server; <see cref="ServerChange.Pending"/> when that takes longer than the hub waits.</summary>
    public async Task<ServerChange> StopAsync(string user, string server = "", CancellationToken cancellationToken = default) =>
        ChangeOf(await api.SendAsync(HttpMethod.Delete, ApiPath.Server(user, server), cancellationToken));

    /// <summary>Stops a named server and removes it.</summary>
    public async Task<ServerChange> RemoveAsync(string user, string server, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(server);
        using var answer = await api.SendAsync(HttpMethod.Delete, ApiPath.Server(user, server), HubApi.Json(new(true), HubJson.Default.StopBody), cancellationToken);
        return ChangeOf(answer.StatusCode);
    }

    /// <summary>The steps of a start, until it is ready or has failed. The stream may end without either when the hub stops.</summary>
    public async IAsyncEnumerable<ProgressEvent> WatchProgressAsync(string user, string server = "", [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var answer = await api.SendAsync(HttpMethod.Get, ApiPath.Server(user, server) + "/progress", null, cancellationToken, "text/event-stream", streams: true);
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var data in EventLines.ReadAsync(stream, api.Silence, api.Time, cancellationToken))
        {
            var step = Parse(data);
            yield return step;
            if (step.Ready || step.Failed)
            {
                yield break;
            }
        }
    }

    /// <summary>Waits until a server that starts is ready, also over a restart of the hub; the caller's token ends the waiting.</summary>
    /// <param name="user">The owner.</param>
    /// <param name="server">The server; empty for the default one.</param>
    /// <param name="progress">Is told every step.</param>
    /// <param name="cancellationToken">Ends the waiting, not the start.</param>
    /// <returns>The last step, which says where the server is.</returns>
    /// <exception cref="JupyterHubException">The start failed, or the server is not starting.</exception>
    public async Task<ProgressEvent> WaitUntilReadyAsync(
        string user,
        string server = "",
        IProgress<ProgressEvent>? progress = null,
        CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                await foreach (var step in WatchProgressAsync(user, server, cancellationToken))
                {
                    progress?.Report(step);
                    if (step.Ready)
                    {
                        return step;
                    }

                    if (step.Failed)
                    {
                        throw StartFailed(step);
                    }
                }
            }
            catch (JupyterHubException problem) when (problem.Status is null && problem.InnerException is not JsonException and not null)
            {
                // The hub went away; it may come back and know the server still.
            }

            await Task.Delay(BetweenLooks, api.Time, cancellationToken);
        }
    }

    /// <summary>Waits until a server neither runs nor stops any more.</summary>
    public async Task WaitUntilStoppedAsync(string user, string server = "", CancellationToken cancellationToken = default)
    {
        while ((await users.GetAsync(user, cancellationToken: cancellationToken)).Servers?.GetValueOrDefault(server) is { } found
            && (found.Ready || found.Pending is not null))
        {
            await Task.Delay(BetweenLooks, api.Time, cancellationToken);
        }
    }

    /// <summary>Hubs before 6.0 take the whole body for the options; options alone mean the same to both.</summary>
    private static ByteArrayContent? StartBody(ServerOptions? options) => options switch
    {
        null or { DisplayName: null, UserOptions: null } => null,
        { DisplayName: null, UserOptions: { Count: > 0 } plain } when !plain.ContainsKey("display_name") && !plain.ContainsKey("user_options") =>
            HubApi.Json(plain, HubJson.Default.JsonObject),
        _ => HubApi.Json(options, HubJson.Default.ServerOptions),
    };

    private static ProgressEvent Parse(byte[] data)
    {
        try
        {
            return JsonSerializer.Deserialize(data, HubJson.Default.ProgressEvent) ?? throw JupyterHubException.Unreadable();
        }
        catch (JsonException problem)
        {
            throw JupyterHubException.Unreadable(problem);
        }
    }

    private static JupyterHubException StartFailed(ProgressEvent step)
    {
        var message = step.Message is { Length: > 0 } text ? ApiErrors.Shorten(text) : null;
        return new JupyterHubException(message ?? "The server did not start.") { HubMessage = message };
    }

    private static ServerChange ChangeOf(HttpStatusCode status) => status == HttpStatusCode.Accepted ? ServerChange.Pending : ServerChange.Done;
}
