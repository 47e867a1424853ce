namespace JupyterHub.Sqlite.Schema;

/// <summary>A row of <c>sqlite_master</c>.</summary>
internal sealed record DatabaseObject(string Type, string Name, string Sql);
