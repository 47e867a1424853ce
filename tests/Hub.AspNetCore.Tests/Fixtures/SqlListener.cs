using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>
/// Hears every SQL statement of every hub here and hands it to the counters. It listens before the first hub starts and never ends:
/// each of EF's pooled contexts remembers for a second that nobody listened, so a listener that comes later misses statements.
/// </summary>
internal sealed class SqlListener : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly SqlListener Instance = new();

    /// <summary>What subscribes is kept alive as long as the process.</summary>
    private readonly ConcurrentBag<IDisposable> subscriptions = [];
    private ImmutableArray<SqlCounter> counters = [];

    public static void Add(SqlCounter counter) => ImmutableInterlocked.Update(ref Instance.counters, (all, added) => all.Add(added), counter);

    public static void Remove(SqlCounter counter) => ImmutableInterlocked.Update(ref Instance.counters, (all, removed) => all.Remove(removed), counter);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RelationalEventId.CommandExecuting.Name && value.Value is CommandEventData { Command: var command })
        {
            foreach (var counter in counters)
            {
                counter.Hear(command);
            }
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

#pragma warning disable CA2255 // Nothing else runs before every hub of every test.
    [ModuleInitializer]
    internal static void Listen() => Instance.subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(Instance));
#pragma warning restore CA2255
}
