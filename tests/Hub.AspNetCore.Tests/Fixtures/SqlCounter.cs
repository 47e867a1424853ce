using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>Counts the SQL statements that go to one hub's database.</summary>
internal sealed class SqlCounter : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly string folder;
    private readonly List<IDisposable> subscriptions = [];
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
        if (value.Value is CommandEventData command && value.Key == RelationalEventId.CommandExecuting.Name
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
