namespace JupyterHub.Core.OAuth;

/// <summary>Says in words what a raw scope is limited to, for the consent page.</summary>
internal static class ScopeFilterText
{
    /// <summary>Splits a raw scope into its name and the words for its filter, empty without one.</summary>
    public static (string ScopeName, string Limit) Of(string scope, string userName)
    {
        var bang = scope.IndexOf('!', StringComparison.Ordinal);
        if (bang < 0)
        {
            return (scope, "");
        }

        var filter = scope[(bang + 1)..];
        var equals = filter.IndexOf('=', StringComparison.Ordinal);
        var (kind, value) = equals < 0 ? (filter, "") : (filter[..equals], filter[(equals + 1)..]);
        var limit = kind switch
        {
            "user" when value.Length == 0 || value == userName => "only you",
            "group" => $"users in group {value}",
            _ when value.Length == 0 => $"this {kind}",
            _ => $"{kind} {value}",
        };
        return (scope[..bang], limit);
    }
}
