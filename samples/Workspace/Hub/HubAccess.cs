namespace Workspace.Hub;

/// <summary>Decides whether scopes that a visitor holds open this server.</summary>
internal static class HubAccess
{
    /// <summary>True when one of the required scopes is held: exactly, without a filter, or for the whole user.</summary>
    public static bool Allows(IReadOnlyList<string> required, IEnumerable<string> held)
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
        const string server = "server=";
        var filter = scope[(mark + 1)..];
        var slash = filter.LastIndexOf('/');
        if (filter.StartsWith(server, StringComparison.Ordinal) && slash > 0)
        {
            yield return $"{name}!user={filter[server.Length..slash]}";
        }
    }
}
