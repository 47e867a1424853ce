namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>What a record of the journal says.</summary>
internal enum JournalOperation : byte
{
    /// <summary>A proxy began; with the circumstances that its routes depend on.</summary>
    Start = 1,

    /// <summary>A route was added or replaced.</summary>
    Set = 2,

    /// <summary>A route was removed.</summary>
    Remove = 3,

    /// <summary>The proxy ended in order: the activities before this record are exact.</summary>
    End = 4,
}
