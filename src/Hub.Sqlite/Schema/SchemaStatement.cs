namespace JupyterHub.Sqlite.Schema;

/// <summary>One statement of the schema: the object that it makes, and the table which that is or belongs to.</summary>
internal sealed record SchemaStatement(string Name, string Table, string Sql);
