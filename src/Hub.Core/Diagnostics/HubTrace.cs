using System.Diagnostics;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Diagnostics;

/// <summary>
/// The hub's spans: request, operation, database, spawner, proxy. Nothing is made unless somebody listens, and no tag holds what somebody
/// outside typed, a token or a name: rows are named by their ids.
/// </summary>
internal static class HubTrace
{
    public const string SourceName = "JupyterHub";

    private static readonly ActivitySource Source = new(SourceName, HubVersion.Own);

    /// <summary>True if somebody may want spans; what is only for them is not worked out otherwise.</summary>
    public static bool IsWanted => Source.HasListeners();

    /// <summary>A request to an endpoint of the hub.</summary>
    /// <param name="method">Its method, as a label.</param>
    /// <param name="handler">The endpoint's name.</param>
    public static Activity? Request(string method, string handler)
    {
        if (!IsWanted || Source.StartActivity($"{method} {handler}") is not { } span)
        {
            return null;
        }

        return span.SetTag("http.request.method", method).SetTag("http.route", handler);
    }

    /// <summary>A piece of the hub's work, such as the start of a server.</summary>
    public static Activity? Begin(string name) => Source.StartActivity(name);

    /// <summary>A call of something outside of the hub's own code: spawner, proxy, database.</summary>
    public static Activity? Call(string name) => Source.StartActivity(name, ActivityKind.Client);

    /// <summary>Runs a call as a span that tells whether it failed.</summary>
    public static Task<T> CallAsync<T>(string name, Func<Task<T>> call) => IsWanted ? TracedAsync(name, call) : call();

    /// <summary>Notes that it failed. The kind of the exception is told, its text is not: it may quote anything.</summary>
    public static void Fail(this Activity? span, Exception problem) =>
        span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", problem.GetType().FullName);

    private static async Task<T> TracedAsync<T>(string name, Func<Task<T>> call)
    {
        using var span = Call(name);
        try
        {
            return await call();
        }
        catch (Exception problem)
        {
            span.Fail(problem);
            throw;
        }
    }
}
