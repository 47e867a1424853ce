using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>Counts the SQL statements that requests to one hub send to its database. What the hub does by itself meanwhile is no request's cost.</summary>
internal sealed class SqlCounter : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private static readonly HttpContextAccessor Accessor = new();

    /// <summary>True where a counter looks whether it counts.</summary>
    private static readonly AsyncLocal<bool> IsTrial = new();

    private readonly string folder;
    /// <summary>Hubs of other tests come at any time, also while this goes.</summary>
    private readonly ConcurrentBag<IDisposable> subscriptions = [];
    private readonly List<string> statements = [];

    private SqlCounter(string folder)
    {
        this.folder = folder;
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public static async Task<SqlCounter> StartAsync(HubHost host)
    {
        var counter = new SqlCounter(host.Folder);

        // EF remembers for a second that nobody listened.
        IsTrial.Value = true;
        await Eventually.TrueAsync("a statement that is counted", async () =>
        {
            await host.Data.ListAsync<JupyterHub.Core.Groups.HubGroup>();
            return counter.Take().Count > 0;
        });
        return counter;
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

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is CommandEventData command && value.Key == RelationalEventId.CommandExecuting.Name && (IsTrial.Value || Accessor.HttpContext is not null)
            && command.Command.Connection!.DataSource.StartsWith(folder, StringComparison.Ordinal))
        {
            lock (statements)
            {
                statements.Add(command.Command.CommandText);
            }
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        foreach (var subscription in subscriptions)
        {
            subscription.Dispose();
        }
    }
}
