using System.Globalization;
using System.Net;
using System.Text.Json;
using JupyterHub.Core.Proxying;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>
/// Calls the REST API of configurable-http-proxy. A proxy that does not answer, or answers with an error of its own, is asked again with
/// growing pauses; so many calls are under way at once as the settings allow.
/// </summary>
internal sealed class ChpApiClient : IDisposable
{
    /// <summary>How long a call is tried.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // A listing of 100,000 routes has some 20 MB.
    private const long UsualLimit = 256 * 1024 * 1024;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly SemaphoreSlim slots;
    private readonly HttpClient client;

    public ChpApiClient(int concurrency, TimeProvider time, ILogger logger)
    {
        this.time = time;
        this.logger = logger;
        slots = new SemaphoreSlim(concurrency);
        client = new HttpClient(new SocketsHttpHandler
        {
            // The token goes to the proxy and nowhere else.
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,

            // One more for those who do not wait for their turn.
            MaxConnectionsPerServer = concurrency + 1,
            MaxResponseHeadersLength = 16,
            ConnectCallback = ChpConnection.OpenAsync,

            // Shorter than the other side keeps a connection that rests.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Bytes that an answer may have.</summary>
    public long LongestAnswer { get; init; } = UsualLimit;

    /// <summary>Adds a route or replaces the one at the same place.</summary>
    /// <exception cref="ProxyException">The proxy does not answer, or refuses.</exception>
    public async Task AddAsync(ChpEndpoint endpoint, ProxyRoute route, CancellationToken cancellationToken)
    {
        var call = new ChpCall(HttpMethod.Post, ChpPaths.Of(route.Routespec)) { Body = ChpRoutes.Write(route) };
        await SendAsync(endpoint, call, Nothing, Patience, cancellationToken);
    }

    /// <summary>Removes a route; false if there was none.</summary>
    /// <exception cref="ProxyException">The proxy does not answer, or refuses.</exception>
    public async Task<bool> RemoveAsync(ChpEndpoint endpoint, string routespec, CancellationToken cancellationToken)
    {
        var call = new ChpCall(HttpMethod.Delete, ChpPaths.Of(routespec)) { MayBeMissing = true };
        return await SendAsync(endpoint, call, Nothing, Patience, cancellationToken) != HttpStatusCode.NotFound;
    }

    /// <summary>The hub's routes.</summary>
    /// <exception cref="ProxyException">The proxy does not answer, refuses, or its answer is no listing.</exception>
    public async Task<IReadOnlyList<ProxyRoute>> ListAsync(ChpEndpoint endpoint, CancellationToken cancellationToken)
    {
        IReadOnlyList<ProxyRoute> routes = [];
        await SendAsync(
            endpoint, new ChpCall(HttpMethod.Get, ""), async (answer, token) => routes = await ChpRoutes.ReadAsync(answer, token), Patience, cancellationToken);
        return routes;
    }

    /// <summary>Whether a route is there, whatever it leads to.</summary>
    /// <exception cref="ProxyException">The proxy does not answer, or refuses.</exception>
    public async Task<bool> HasAsync(ChpEndpoint endpoint, string routespec, CancellationToken cancellationToken)
    {
        var call = new ChpCall(HttpMethod.Get, ChpPaths.Of(routespec)) { MayBeMissing = true };
        return await SendAsync(endpoint, call, Nothing, TimeSpan.Zero, cancellationToken) != HttpStatusCode.NotFound;
    }

    /// <summary>Asks for next to nothing, once and without waiting for other calls: whether the proxy is there and takes the token.</summary>
    /// <exception cref="ProxyException">It is not, or does not.</exception>
    public async Task PingAsync(ChpEndpoint endpoint, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var call = new ChpCall(HttpMethod.Get, "?inactiveSince=1970-01-01T00:00:00.000Z") { Timeout = timeout, IsAhead = true };
        await SendAsync(endpoint, call, Nothing, TimeSpan.Zero, cancellationToken);
    }

    public void Dispose()
    {
        client.Dispose();
        slots.Dispose();
    }

    private async Task<HttpStatusCode> SendAsync(
        ChpEndpoint endpoint, ChpCall call, Func<Stream, CancellationToken, Task> read, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var (status, problem) = await TryAsync(endpoint, call, read, cancellationToken);
            if (problem is null)
            {
                return status;
            }

            if (time.GetElapsedTime(began) + pause > patience)
            {
                throw new ProxyException($"The proxy's API at {endpoint} did not answer as it should: {problem.Message}", problem, status == 0 ? null : status);
            }

            Log.Retried(logger, call.Method, endpoint, problem.Message);
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), time, cancellationToken);
        }
    }

    /// <summary>One attempt when there is a slot for it.</summary>
    private async Task<(HttpStatusCode Status, Exception? Problem)> TryAsync(
        ChpEndpoint endpoint, ChpCall call, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        if (call.IsAhead)
        {
            return await AttemptAsync(endpoint, call, read, cancellationToken);
        }

        await slots.WaitAsync(cancellationToken);
        try
        {
            return await AttemptAsync(endpoint, call, read, cancellationToken);
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>One attempt. What may pass comes back as a problem; what will not is thrown.</summary>
    private async Task<(HttpStatusCode Status, Exception? Problem)> AttemptAsync(
        ChpEndpoint endpoint, ChpCall call, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var timeout = new CancellationTokenSource(call.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(call.IsChange ? CancellationToken.None : cancellationToken, timeout.Token);
        try
        {
            using var answer = await client.SendAsync(call.ToRequest(endpoint), HttpCompletionOption.ResponseHeadersRead, either.Token);
            // A proxy that has no room for more routes (507) has none in a moment either.
            if ((int)answer.StatusCode >= 500 && answer.StatusCode != HttpStatusCode.InsufficientStorage)
            {
                return (answer.StatusCode, new HttpRequestException(string.Create(CultureInfo.InvariantCulture, $"status {(int)answer.StatusCode}.")));
            }

            Require(endpoint, call, answer.StatusCode);
            await using var body = new BoundedStream(await answer.Content.ReadAsStreamAsync(either.Token), LongestAnswer);
            await read(body, either.Token);
            return (answer.StatusCode, null);
        }
        catch (Exception problem) when (IsTransient(problem))
        {
            return (0, problem);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && (call.IsChange || !cancellationToken.IsCancellationRequested))
        {
            return (0, new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"no answer within {call.Timeout.TotalSeconds:0.###} seconds.")));
        }
        catch (JsonException problem)
        {
            throw new ProxyException($"The proxy's API at {endpoint} answered with something that is no listing of routes.", problem);
        }
    }

    private static bool IsTransient(Exception problem) => problem is IOException or HttpRequestException and not ProxyException;

    private static void Require(ChpEndpoint endpoint, ChpCall call, HttpStatusCode status)
    {
        if ((int)status is >= 200 and < 300 || (call.MayBeMissing && status == HttpStatusCode.NotFound))
        {
            return;
        }

        throw new ProxyException(
            status == HttpStatusCode.Forbidden
                ? $"The proxy's API at {endpoint} does not take the hub's token (JupyterHub:Proxy:AuthToken)."
                : string.Create(CultureInfo.InvariantCulture, $"The proxy's API at {endpoint} answered {call.Method} with status {(int)status}."),
            status: status);
    }

    // Read to its end, so that the connection can be used again.
    private static Task Nothing(Stream answer, CancellationToken cancellationToken) => answer.CopyToAsync(Stream.Null, cancellationToken);
}
