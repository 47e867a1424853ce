using System.CommandLine;

namespace JupyterHub.Cli.Proxy;

/// <summary>The options as they were given.</summary>
internal sealed class ProxyArguments
{
    private readonly Dictionary<string, IReadOnlyList<string>> given = new(StringComparer.Ordinal);

    public ProxyArguments(ParseResult parsed, IEnumerable<Option> options)
    {
        foreach (var option in options)
        {
            if (parsed.GetResult(option) is { Implicit: false } result)
            {
                given[option.Name] = [.. result.Tokens.Select(token => token.Value)];
            }
        }
    }

    public bool Has(string name) => given.ContainsKey(name);

    /// <summary>The value of an option, the last one when it was given more than once; null when it was not.</summary>
    public string? Value(string name) => All(name) is [.., var last] ? last : null;

    public IReadOnlyList<string> All(string name) => given.GetValueOrDefault(name) ?? [];
}
