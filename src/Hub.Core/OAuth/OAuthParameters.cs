using System.Diagnostics.CodeAnalysis;

namespace JupyterHub.Core.OAuth;

/// <summary>The parameters of a request to the provider, from query and form together.</summary>
internal sealed class OAuthParameters
{
    private const int LongestText = 64 * 1024;
    private readonly List<KeyValuePair<string, string>> pairs;

    private OAuthParameters(List<KeyValuePair<string, string>> pairs) => this.pairs = pairs;

    /// <summary>The last value of a parameter, the form's before the query's; null when absent.</summary>
    public string? this[string name] => pairs.FindLast(pair => pair.Key == name) is { Key: not null } found ? found.Value : null;

    /// <summary>Reads an authorization request. False if the query is not properly encoded.</summary>
    /// <param name="query">The raw query without the question mark.</param>
    /// <param name="form">The raw body; one that is no form counts as empty.</param>
    /// <param name="parameters">What was read.</param>
    public static bool TryRead(string query, string? form, [NotNullWhen(true)] out OAuthParameters? parameters)
    {
        parameters = null;
        if (query.Length > LongestText || !FormEncoding.TryDecode(query, mustHaveEquals: true, out var pairs))
        {
            return false;
        }

        pairs.AddRange(ReadForm(form).pairs);
        parameters = new OAuthParameters(pairs);
        return true;
    }

    /// <summary>Reads a body, whatever its content type says. One that is no form has no parameters.</summary>
    public static OAuthParameters ReadForm(string? form) => new(
        form is { Length: <= LongestText } && FormEncoding.TryDecode(form, mustHaveEquals: false, out var pairs) ? pairs : []);

    /// <summary>All values of a parameter, in order.</summary>
    public IEnumerable<string> All(string name) => pairs.Where(pair => pair.Key == name).Select(pair => pair.Value);

    /// <summary>The first of the names that stands there more than once.</summary>
    public string? FirstDuplicate(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (All(name).Skip(1).Any())
            {
                return name;
            }
        }

        return null;
    }
}
