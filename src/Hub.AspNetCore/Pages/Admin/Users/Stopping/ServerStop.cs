using System.Collections.Concurrent;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Pages.Admin.Users.Stopping;

/// <summary>The stopping of many servers, as far as it has come.</summary>
/// <param name="Id">Nobody guesses it.</param>
/// <param name="Owner">Id of the user who asked for it, who alone may watch.</param>
/// <param name="Servers">What is to be stopped.</param>
/// <param name="Back">The list that it was asked for on.</param>
internal sealed record ServerStop(string Id, int Owner, IReadOnlyList<ServerKey> Servers, string Back)
{
    private readonly ConcurrentQueue<NotStopped> failures = new();
    private int stopped;
    private int done;

    public int Stopped => Volatile.Read(ref stopped);

    /// <summary>True once nothing more will be stopped.</summary>
    public bool IsOver => Volatile.Read(ref done) == 1;

    public IReadOnlyCollection<NotStopped> Failures => failures;

    public void Count() => Interlocked.Increment(ref stopped);

    public void Fail(ServerKey server, string reason) => failures.Enqueue(new NotStopped(server, reason));

    public void End() => Volatile.Write(ref done, 1);
}
