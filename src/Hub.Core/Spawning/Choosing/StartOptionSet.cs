using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.Core.Diagnostics;

namespace JupyterHub.Core.Spawning.Choosing;

/// <summary>All options of one server, checked and ready to be used. A set without any accepts nothing.</summary>
internal sealed class StartOptionSet
{
    private const int MostProblems = 10;
    private const int MostNamed = 20;

    private readonly Dictionary<string, DeclaredOption> byName;

    private StartOptionSet(IReadOnlyList<DeclaredOption> options)
    {
        Options = options;
        byName = options.ToDictionary(option => option.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<DeclaredOption> Options { get; }

    private IReadOnlyList<OptionLimits> Names => [Options.Count == 0
        ? new OptionLimits("Nothing can be chosen for this server.")
        : new OptionLimits("Options of this server are: {0}.", string.Join(", ", Options.Take(MostNamed).Select(option => option.Name)) + (Options.Count > MostNamed ? ", …" : ""))];

    /// <exception cref="InvalidOperationException">A declaration makes no sense.</exception>
    public static StartOptionSet Create(IReadOnlyList<StartOption> options) =>
        StartOptionDeclarations.Problems(options).FirstOrDefault() is { Problem: { } problem, Setting: var setting }
            ? throw new InvalidOperationException($"The spawner declares options that make no sense: {setting} {problem}.")
            : new StartOptionSet([.. options.Select(DeclaredOption.From)]);

    /// <summary>Checks what was chosen, whether complete or not.</summary>
    public StartOptionCheck Check(JsonObject given)
    {
        var chosen = new JsonObject();
        var problems = new List<StartOptionProblem>();
        foreach (var (name, value) in given)
        {
            if (!byName.TryGetValue(name, out var option))
            {
                problems.Add(new StartOptionProblem(LogText.Bound(name), Shown(value), Names, IsUndeclared: true));
            }
            else if (option.Rule.Accept(value) is { } accepted)
            {
                chosen[name] = accepted;
            }
            else
            {
                problems.Add(new StartOptionProblem(name, Shown(value), option.Rule.Allowed));
            }

            if (problems.Count == MostProblems)
            {
                break;
            }
        }

        return new StartOptionCheck(chosen, problems);
    }

    /// <summary>Adds the defaults to choices that were found good.</summary>
    public StartOptionCheck Complete(JsonObject chosen)
    {
        var complete = new JsonObject();
        var problems = new List<StartOptionProblem>();
        foreach (var option in Options)
        {
            if ((chosen[option.Name] ?? option.Default) is { } value)
            {
                complete[option.Name] = value.DeepClone();
            }
            else if (option.IsNeeded)
            {
                problems.Add(new StartOptionProblem(option.Name, null, option.Rule.Allowed));
            }
        }

        return new StartOptionCheck(complete, problems);
    }

    /// <summary>What fields say, typed as the options are. Fields of no option stay as they are, to be refused by name.</summary>
    public JsonObject Read(IReadOnlyDictionary<string, IReadOnlyList<string>> fields)
    {
        var options = new JsonObject();
        foreach (var (name, values) in fields)
        {
            var text = values.Count > 0 ? values[^1] : "";
            if (!byName.TryGetValue(name, out var option))
            {
                options[name] = text;
            }
            else if (option.Rule.Read(text) is { } value)
            {
                options[name] = value;
            }
        }

        return options;
    }

    private static string Shown(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"'{LogText.Bound(value.GetValue<string>())}'",
        _ => LogText.Bound(value.ToJsonString()),
    };
}
