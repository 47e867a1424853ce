using System.Data.Common;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>Counts the SQL statements that requests to one hub send to its database. What the hub does by itself meanwhile is no request's cost.</summary>
internal sealed class SqlCounter : IDisposable
{
    private static readonly HttpContextAccessor Accessor = new();

    private readonly string folder;
    private readonly List<string> statements = [];

    public SqlCounter(HubHost host)
    {
        folder = host.Folder;
        SqlListener.Add(this);
    }

    /// <summary>The statements since the last time that it was asked.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (statements)
        {
            var taken = statements.ToList();
            statements.Clear();
            return taken;
        }
    }

    public void Hear(DbCommand command)
    {
        if (Accessor.HttpContext is not null && command.Connection!.DataSource.StartsWith(folder, StringComparison.Ordinal))
        {
            lock (statements)
            {
                statements.Add(command.CommandText);
            }
        }
    }

    public void Dispose() => SqlListener.Remove(this);
}
