using JupyterHub.Proxy.ChpApi;

namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>Forgets every route with the process, as the original does.</summary>
internal sealed class NoJournal : IRouteJournal
{
    public JournalBatch? Set(ChpRoute route, ChpRoute? before) => null;

    public JournalBatch? Remove(ChpRoute removed) => null;

    public JournalBatch? Latest() => null;

    public ValueTask CommitAsync(JournalBatch batch) => default;
}
