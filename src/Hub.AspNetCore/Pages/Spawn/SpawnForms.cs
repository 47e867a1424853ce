using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Spawning;
using JupyterHub.Core.Spawning.Choosing;

namespace JupyterHub.AspNetCore.Pages.Spawn;

/// <summary>Makes the form of a start: from the declared options, or around the operator's own.</summary>
internal sealed class SpawnForms(StartOptionsSource source, SpawnerOptions options, ServerRows rows, NamedServerRules rules, ServerModels models, PageTexts texts)
{
    private bool HasOwnForm => options.OptionsForm.Length > 0 || options.OptionsView.Length > 0;

    /// <summary>True where there is something to choose.</summary>
    public async Task<bool> HasOneAsync(ServerKey key, CancellationToken cancellationToken) =>
        HasOwnForm || await source.ForAsync(key, cancellationToken) is { Options.Count: > 0 };

    public Task<JsonObject> ReadAsync(StartFormFields fields, CancellationToken cancellationToken) => source.ReadAsync(fields, cancellationToken);

    /// <summary>The form with what was chosen last.</summary>
    /// <exception cref="ServerOperationException">There can be no such server.</exception>
    public async Task<SpawnForm> AskAsync(ServerKey key, SpawnInput input, CancellationToken cancellationToken)
    {
        var row = await rows.FindAsync(key, cancellationToken) ?? throw ServerOperationException.NoSuchUser();
        rules.CheckUse(key, row.SpawnerId is not null, row.NamedServers, displayName: null);
        return await BuildAsync(key, input, null, cancellationToken);
    }

    /// <summary>The form with what was typed, and what is wrong with it.</summary>
    public Task<SpawnForm> AskAgainAsync(ServerKey key, SpawnInput input, ServerOperationException refused, CancellationToken cancellationToken) =>
        BuildAsync(key, input, refused, cancellationToken);

    private async Task<SpawnForm> BuildAsync(ServerKey key, SpawnInput input, ServerOperationException? refused, CancellationToken cancellationToken)
    {
        var declared = await source.ForAsync(key, cancellationToken);
        var known = await models.LoadAsync(key, cancellationToken);
        var problems = (refused?.OptionProblems ?? []).Where(problem => !problem.IsUndeclared).DistinctBy(problem => problem.Option)
            .ToDictionary(problem => problem.Option, Word, StringComparer.Ordinal);
        var fields = (declared?.Options ?? []).Select(FieldOf(declared, input, known?.UserOptions ?? [], problems)).ToList();
        var isNameWrong = refused is not null && refused.OptionProblems.Count == 0 && input.DisplayName is { } name && ServerNames.NormalizeDisplayName(name) is null;
        return new SpawnForm
        {
            Key = key,
            Label = known?.DisplayName is { Length: > 0 } shown ? shown : key.ServerName,
            IsNew = known is null,
            DisplayName = input.DisplayName ?? "",
            DisplayNameError = isNameWrong ? texts["This name cannot be used. It has up to 255 letters, digits, signs and single spaces, with no space at either end."] : null,
            Errors = refused is null || isNameWrong ? [] : ErrorsOf(refused),
            Fields = HasOwnForm ? [] : fields,
            Given = new StartOptionsForm
            {
                UserName = key.UserName,
                ServerName = key.ServerName,
                Options = [.. fields.Select(field => field.Option)],
                Values = ValuesOf(fields, input, known?.UserOptions),
                Errors = problems,
            },
        };
    }

    private Func<DeclaredOption, StartField> FieldOf(StartOptionSet? declared, SpawnInput input, JsonObject saved, Dictionary<string, string> problems)
    {
        var kept = declared?.Check(saved);
        return option =>
        {
            var problem = problems.GetValueOrDefault(option.Name);
            if (input.Fields?.Values.TryGetValue(option.Name, out var typed) == true)
            {
                return new StartField(option, typed is [.., var last] ? last : "", problem, null);
            }

            var chosen = input.Fields is null ? kept?.Values[option.Name] : null;
            var dropped = input.Fields is null ? kept?.Problems.FirstOrDefault(wrong => wrong.Option == option.Name && !wrong.IsUndeclared) : null;
            var note = dropped is null ? null : texts["What was chosen last, {0}, is not possible any more.", dropped.Given ?? ""];
            return new StartField(option, TextOf(chosen ?? option.Default), problem, note);
        };
    }

    private static Dictionary<string, string> ValuesOf(List<StartField> fields, SpawnInput input, JsonObject? saved)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (fields.Count > 0)
        {
            foreach (var field in fields)
            {
                values[field.Option.Name] = field.Value;
            }
        }
        else if (input.Fields is { } typed)
        {
            foreach (var (name, texts) in typed.Values)
            {
                values[name] = texts is [.., var last] ? last : "";
            }
        }
        else
        {
            foreach (var (name, value) in saved ?? [])
            {
                values[name] = TextOf(value is JsonArray { Count: 1 } list ? list[0] : value);
            }
        }

        return values;
    }

    private List<string> ErrorsOf(ServerOperationException refused)
    {
        if (refused.OptionProblems.Count == 0)
        {
            return [refused.Message];
        }

        return [.. refused.OptionProblems
            .Where(problem => problem.IsUndeclared || HasOwnForm)
            .Select(problem => problem.IsUndeclared ? texts["There is no option {0}.", problem.Option] : $"{problem.Option}: {Word(problem)}")];
    }

    private string Word(StartOptionProblem problem)
    {
        var wrong = problem.Given is { } given ? texts["{0} is not possible here.", given] : texts["A value is needed."];
        // Texts: those of the rules of options.
        return string.Join(' ', problem.Allowed.Select(limits => texts[limits.Format, limits.Values]).Prepend(wrong));
    }

    private static string TextOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "",
        JsonValueKind.String => value.GetValue<string>(),
        _ => value.ToJsonString(),
    };
}
