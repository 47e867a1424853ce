namespace JupyterHub.Core.Configuration;

/// <summary>Settings of the database: section <c>JupyterHub:Database</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Which provider; it must be registered with a <c>Use…</c> call.</summary>
    public string? Provider { get; set; }

    /// <summary>Connection string for the provider; a relative SQLite path is below the data directory.</summary>
    public string? ConnectionString { get; set; }
}
