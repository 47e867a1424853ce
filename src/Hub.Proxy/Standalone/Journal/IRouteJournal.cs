using JupyterHub.Proxy.ChpApi;

namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>Remembers routes beyond the end of the process. Changes are handed over in order and committed afterwards, outside of any lock.</summary>
internal interface IRouteJournal
{
    /// <summary>Notes a route, and what was at its place; null when nothing is kept.</summary>
    JournalBatch? Set(ChpRoute route, ChpRoute? before);

    /// <summary>Notes that a route has gone; null when nothing is kept.</summary>
    JournalBatch? Remove(ChpRoute removed);

    /// <summary>What the last change was noted with; null when nothing is kept.</summary>
    JournalBatch? Latest();

    /// <summary>Done when everything noted up to and with a batch is with the operating system.</summary>
    ValueTask CommitAsync(JournalBatch batch);
}
