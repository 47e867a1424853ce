using System.Text.Json.Nodes;
using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Spawning.Choosing;

/// <summary>Knows which options a server has, from the spawner's code and from the configuration, and turns what was sent into them.</summary>
internal sealed class StartOptionsSource(ISpawner spawner, SpawnerOptions options, IHubDatabase database)
{
    /// <summary>Options of the configuration alone are the same for everybody.</summary>
    private readonly Lazy<StartOptionSet?> configured = new(() => options.Options is { } declared ? StartOptionSet.Create([.. declared]) : null);

    private readonly bool isDeclaredByCode = Declares(spawner);

    /// <summary>The options of a server; null where none are declared. A set without any is a declaration too.</summary>
    /// <exception cref="ServerOperationException">There is no such user, or the spawner refuses.</exception>
    public async Task<StartOptionSet?> ForAsync(ServerKey key, CancellationToken cancellationToken)
    {
        if (!isDeclaredByCode)
        {
            return configured.Value;
        }

        IReadOnlyList<StartOption>? ofCode;
        try
        {
            ofCode = await spawner.GetOptionsAsync(await ContextAsync(key, cancellationToken), cancellationToken);
        }
        catch (SpawnException refused)
        {
            throw ServerOperationException.Forbidden(refused.Message);
        }

        return ofCode is null ? configured.Value : options.Options is { } declared ? StartOptionSet.Create(Merge(ofCode, declared)) : StartOptionSet.Create(ofCode);
    }

    /// <summary>What was chosen last; null if nothing ever was.</summary>
    public Task<JsonObject?> SavedAsync(ServerKey key, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, token) => (JsonObject?)(await db.Spawners.Where(row => row.User!.Name == key.UserName && row.Name == key.ServerName)
                .OrderBy(row => row.Id).Select(row => row.UserOptions).FirstOrDefaultAsync(token))?.DeepClone(),
            cancellationToken);

    /// <summary>Checks choices that are to be kept for later, complete or not.</summary>
    /// <exception cref="ServerOperationException">They are not allowed.</exception>
    public async Task<JsonObject?> CheckAsync(ServerKey key, JsonObject? chosen, CancellationToken cancellationToken)
    {
        if (chosen is null || await ForAsync(key, cancellationToken) is not { } declared)
        {
            return chosen;
        }

        var check = declared.Check(chosen);
        return check.Problems.Count == 0 ? check.Values : throw ServerOperationException.InvalidOptions(check.Problems);
    }

    /// <summary>Completes what was chosen for a start, or what was chosen for the last one.</summary>
    /// <exception cref="ServerOperationException">What is chosen now is not allowed, or something needed is missing.</exception>
    public async Task<ServerChoices> ResolveAsync(ServerKey key, ServerChoices choices, CancellationToken cancellationToken)
    {
        if (await ForAsync(key, cancellationToken) is not { } declared)
        {
            return choices;
        }

        var isKept = choices.UserOptions is null;
        var chosen = declared.Check(choices.UserOptions ?? await SavedAsync(key, cancellationToken) ?? []);
        var complete = declared.Complete(chosen.Values);

        // What was good once and is not any more gives way to the default; what is sent now is refused.
        IReadOnlyList<StartOptionProblem> problems = isKept ? complete.Problems : [.. chosen.Problems, .. complete.Problems.Where(missing => chosen.Problems.All(wrong => wrong.Option != missing.Option))];
        return problems.Count > 0
            ? throw ServerOperationException.InvalidOptions(problems)
            : choices with { UserOptions = chosen.Values, CompleteOptions = complete.Values, Dropped = isKept ? [.. chosen.Problems.Select(problem => problem.Option)] : [] };
    }

    /// <summary>Turns the fields of a form or link into options, as the code, the declarations or the configuration have it.</summary>
    /// <exception cref="ServerOperationException">The operator's code refuses them.</exception>
    public async Task<JsonObject> ReadAsync(StartFormFields fields, CancellationToken cancellationToken)
    {
        if (options.OptionsFromFormHook is { } hook)
        {
            try
            {
                return await hook(fields, cancellationToken);
            }
            catch (SpawnException refused)
            {
                throw ServerOperationException.Forbidden(refused.Message);
            }
        }

        return await ForAsync(new ServerKey(fields.UserName, fields.ServerName), cancellationToken) is { } declared
            ? declared.Read(fields.Values)
            : UndeclaredFields.Read(fields, options.OptionsFromForm);
    }

    private static bool Declares(ISpawner spawner)
    {
        var map = spawner.GetType().GetInterfaceMap(typeof(ISpawner));
        var index = Array.FindIndex(map.InterfaceMethods, method => method.Name == nameof(ISpawner.GetOptionsAsync));
        return map.TargetMethods[index].DeclaringType != typeof(ISpawner);
    }

    private static List<StartOption> Merge(IReadOnlyList<StartOption> ofCode, IEnumerable<StartOption> configured)
    {
        var merged = ofCode.ToList();
        foreach (var option in configured)
        {
            var index = merged.FindIndex(known => known.Name == option.Name);
            if (index < 0)
            {
                merged.Add(option);
            }
            else
            {
                merged[index] = option;
            }
        }

        return merged;
    }

    private async Task<StartOptionsContext> ContextAsync(ServerKey key, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            (db, token) => db.Users.Where(user => user.Name == key.UserName)
                .Select(user => new { user.Admin, Groups = user.Groups.Select(membership => membership.Group!.Name).ToList() }).SingleOrDefaultAsync(token),
            cancellationToken) is { } owner
            ? new StartOptionsContext(key.UserName, key.ServerName, owner.Admin, [.. owner.Groups.Order(StringComparer.Ordinal)])
            : throw ServerOperationException.NoSuchUser();
}
