using JupyterHub.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Sqlite;

/// <summary>Notices what other programs commit: SQLite tells no one, but a connection can ask cheaply whether anything happened.</summary>
internal sealed class ChangePoller : IAsyncDisposable
{
    // Twice within the second that is promised.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly SqliteDatabaseSettings settings;
    private readonly ChangeSignal signal;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task polling;
    private bool failing;

    public ChangePoller(SqliteDatabaseSettings settings, ChangeSignal signal, TimeProvider time, ILogger logger)
    {
        this.settings = settings;
        this.signal = signal;
        this.time = time;
        this.logger = logger;
        polling = Task.Run(() => PollAsync(stopping.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await polling;
        stopping.Dispose();
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = new SqliteConnection(settings.ForOne());
                await connection.OpenAsync(cancellationToken);
                await FollowAsync(connection, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever it is, a hub that notices no change any more would decide by what was true long ago.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                if (!failing)
                {
                    failing = true;
                    Log.PollingFailed(logger, exception);
                }

                await Task.Delay(Interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        var seen = -1L;
        while (true)
        {
            // The number moves with each commit of any other connection, of this process too.
            var current = connection.Query("PRAGMA data_version", row => row.GetInt64(0))[0];
            if (current != seen)
            {
                signal.CountCommit();
                signal.Advance(connection.ReadChangeVersion());
                seen = current;
            }

            if (failing)
            {
                failing = false;
                Log.PollingRecovered(logger);
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }
}
