using JupyterHub.Proxy.ChpApi;

namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>Looks after a journal: brings it to the disk every second, rewrites it when it has grown or was broken, and closes it in order.</summary>
internal sealed class JournalKeeper : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // A full disk does not get better by writing everything to it every second.
    private const int RewriteEvery = 10;

    private readonly RouteJournal journal;
    private readonly ChpRoutes routes;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task keeping;

    private JournalKeeper(RouteJournal journal, ChpRoutes routes, TimeProvider time)
    {
        this.journal = journal;
        this.routes = routes;
        keeping = KeepAsync(time);
    }

    /// <summary>Begins a new journal with the routes that there are. An optional one that cannot be written, as its disk is full, is tried again later.</summary>
    /// <exception cref="IOException">It cannot be written, and is not optional.</exception>
    public static async Task<JournalKeeper> StartAsync(RouteJournal journal, ChpRoutes routes, bool isOptional, TimeProvider time, CancellationToken cancellationToken)
    {
        await journal.RewriteAsync(routes, isEnd: false, cancellationToken);
        return journal.IsBroken && !isOptional
            ? throw new IOException("The journal of routes cannot be written; name another file with --journal, or give --no-journal.")
            : new JournalKeeper(journal, routes, time);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await keeping;
        await journal.RewriteAsync(routes, isEnd: true, CancellationToken.None);

        // There may be room for a few changes where there is none for a whole file.
        journal.TrySettle();
        stopping.Dispose();
    }

    private async Task KeepAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var rest = 0;
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                if (journal.TrySettle() && !journal.IsRewriteDue)
                {
                    journal.Flush();
                }
                else if (--rest <= 0)
                {
                    await journal.RewriteAsync(routes, isEnd: false, stopping.Token);
                    rest = journal.IsBroken || journal.IsRewriteDue ? RewriteEvery : 0;
                }
                else
                {
                    journal.Flush();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to end.
        }
    }
}
