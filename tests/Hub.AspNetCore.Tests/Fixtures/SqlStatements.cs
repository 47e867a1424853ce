using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>Notes the statements that hubs send to their databases. It must be there before the hub: whoever finds no listener looks again only after a second.</summary>
internal sealed class SqlStatements : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    /// <summary>Hubs of other tests come at any time, also while this goes.</summary>
    private readonly ConcurrentBag<IDisposable> subscriptions = [];
    private readonly ConcurrentQueue<(string Connection, string Text)> statements = [];

    public SqlStatements() => subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    /// <summary>The statements of one hub since the last <see cref="Clear"/>, without the look-up of the token that comes with every request.</summary>
    public IReadOnlyList<string> Of(HubHost host) =>
    [
        .. statements
            .Where(statement => statement.Connection.Contains(host.Folder, StringComparison.Ordinal))
            .Select(statement => statement.Text)
            .Where(text => !text.Contains("api_tokens", StringComparison.Ordinal)),
    ];

    public void Clear() => statements.Clear();

    public void Dispose() => Array.ForEach(subscriptions.ToArray(), subscription => subscription.Dispose());

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            subscriptions.Add(value.Subscribe(this));
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RelationalEventId.CommandExecuted.Name && value.Value is CommandExecutedEventData executed)
        {
            statements.Enqueue((executed.Command.Connection?.ConnectionString ?? "", executed.Command.CommandText));
        }
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }
}
