namespace JupyterHub.Client.Authentication;

/// <summary>
/// Decides over scopes that the hub has expanded already. Groups as filters match only by name: who is in them is the hub's
/// knowledge, and it has put what follows from them into the scopes of a token.
/// </summary>
internal static class HeldScopes
{
    private const string ServerFilter = "server=";

    /// <summary>True when any one of the required scopes is held completely.</summary>
    public static bool Satisfy(IEnumerable<string> required, IEnumerable<string> held)
    {
        var scopes = held.ToHashSet(StringComparer.Ordinal);
        return required.Any(scope => scopes.Contains(scope) || WiderForms(scope).Any(scopes.Contains));
    }

    private static IEnumerable<string> WiderForms(string scope)
    {
        var mark = scope.IndexOf('!', StringComparison.Ordinal);
        if (mark < 0)
        {
            yield break;
        }

        var name = scope[..mark];
        yield return name;

        // "server=ada/lab" lies within "user=ada".
        var filter = scope[(mark + 1)..];
        var slash = filter.LastIndexOf('/');
        if (filter.StartsWith(ServerFilter, StringComparison.Ordinal) && slash > ServerFilter.Length)
        {
            yield return $"{name}!user={filter[ServerFilter.Length..slash]}";
        }
    }
}
