using System.Text;
using JupyterHub.Core.Hosting;
using JupyterHub.Proxy.ChpApi;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>Puts remembered routes back into the table.</summary>
internal sealed class JournalReplay(ChpRoutes routes, bool hostRouting, JournalCircumstances now, ILogger<JournalReplay> logger)
{
    private readonly Dictionary<string, DateTimeOffset> activities = new(StringComparer.Ordinal);
    private JournalCircumstances? then;
    private bool isWhole;
    private int skipped;

    /// <summary>Reads a journal, if it is there.</summary>
    /// <exception cref="HubStartupException">It is no journal, one of another version, or one that may be another user's.</exception>
    public async Task ReadAsync(string path)
    {
        await using var file = Open(path);
        if (file is null)
        {
            return;
        }

        var reader = new JournalReader(file, path);
        if (reader.TryReadHeader())
        {
            while (reader.Next() is { } record)
            {
                await ApplyAsync(record);
            }
        }

        if (reader.WholeLength < file.Length)
        {
            Log.Cut(logger, path, file.Length - reader.WholeLength);
        }

        await DropWhatCannotBeAsync();
        RestoreActivities();
        Log.Restored(logger, routes.Count, skipped, path);
    }

    // Whatever was there when the journal was taken hold of: this file is read.
    private static FileStream? Open(string path)
    {
        try
        {
            return TrustedFile.OpenRead(path, 64 * 1024);
        }
        catch (UntrustedFileException problem)
        {
            throw new HubStartupException($"--journal: {problem.Message}");
        }
    }

    private async ValueTask ApplyAsync(ReadOnlyMemory<byte> record)
    {
        isWhole = false;
        switch ((JournalOperation)record.Span[0])
        {
            case JournalOperation.Start:
                then = JournalCircumstances.Read(record.Span[1..]);
                break;
            case JournalOperation.Set:
                await SetAsync(record);
                break;
            case JournalOperation.Remove:
                await RemoveAsync(Encoding.UTF8.GetString(record.Span[1..]));
                break;
            case JournalOperation.End:
                isWhole = true;
                break;
            default:
                skipped++;
                break;
        }
    }

    // As if a client posted it: what the rules of today refuse is not let in through the back door.
    private async ValueTask SetAsync(ReadOnlyMemory<byte> record)
    {
        try
        {
            if (JournalFormat.ReadSet(record) is { } set && ChpPath.TryCreate(set.Path, hostRouting, out var path, out _))
            {
                await routes.SetAsync(path, ChpRouteData.Read(set.Data, path.Host));
                activities[path.Key] = set.LastActivity;
                return;
            }
        }
        catch (ChpApiException)
        {
            // Counted below.
        }

        skipped++;
    }

    private async ValueTask RemoveAsync(string text)
    {
        if (ChpPath.TryCreate(text, hostRouting, out var path, out _))
        {
            await routes.RemoveAsync(path);
        }
    }

    private async Task DropWhatCannotBeAsync()
    {
        // After a start of the machine nothing that listened on it is there; its ports belong to whoever comes first.
        var isAnotherBoot = then is { Boot.Length: > 0 } && now.Boot.Length > 0 && then.Boot != now.Boot;
        // Whoever changed the default target on the command line means the new one.
        var isAnotherDefault = now.DefaultTarget is not null && then?.DefaultTarget != now.DefaultTarget;
        foreach (var route in routes.List())
        {
            if ((isAnotherBoot && RouteTargets.IsOnThisMachine(route)) || (isAnotherDefault && route.Text == "/"))
            {
                await routes.RemoveAsync(route.Path);
                skipped++;
            }
        }
    }

    // Only a journal that was ended in order knows them; otherwise a route in use would seem to have been idle for long.
    private void RestoreActivities()
    {
        foreach (var route in isWhole ? routes.List() : [])
        {
            if (activities.TryGetValue(route.Path.Key, out var last))
            {
                route.Activity.Restore(last);
            }
        }
    }
}
