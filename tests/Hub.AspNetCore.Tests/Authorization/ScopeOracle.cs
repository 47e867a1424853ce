namespace JupyterHub.AspNetCore.Tests.Authorization;

/// <summary>
/// Contract 4.7 and 4.8 worked out on plain strings, to compare the gate with: it knows nothing of compiled permissions, and nothing of
/// routes but what is written of them elsewhere.
/// </summary>
internal static class ScopeOracle
{
    /// <summary>Groups and their members in the world of these tests.</summary>
    public static readonly (string Group, string Member)[] Members = [("physics", "ada"), ("others", "grace")];

    /// <param name="held">What is held, expanded.</param>
    /// <param name="scopes">Any of these suffices.</param>
    /// <param name="filter">The entity in the path, such as <c>user=ada</c>; empty where there is none; <c>any</c> for a listing.</param>
    /// <returns>200 where the gate opens, else the status of the refusal.</returns>
    public static int Decide(IReadOnlyCollection<string> held, IEnumerable<string> scopes, string filter)
    {
        var wanted = scopes.ToList();
        if (wanted.Any(scope => filter == "any" ? HoldsAnyhow(held, scope) : HasScope(held, scope, filter)))
        {
            return 200;
        }

        return filter is not ("" or "any") && wanted.Any(scope => HoldsAnyhow(held, scope)) ? 404 : 403;
    }

    private static bool HoldsAnyhow(IReadOnlyCollection<string> held, string scope) =>
        held.Any(one => one == scope || one.StartsWith($"{scope}!", StringComparison.Ordinal));

    private static bool HasScope(IReadOnlyCollection<string> held, string scope, string filter)
    {
        if (held.Contains(scope))
        {
            return true;
        }

        if (filter.Length == 0)
        {
            return false;
        }

        var kind = filter[..filter.IndexOf('=', StringComparison.Ordinal)];
        var value = filter[(kind.Length + 1)..];
        var owner = kind switch { "user" => value, "server" => value.Split('/')[0], _ => null };
        return held.Contains($"{scope}!{filter}")
            || (kind == "server" && held.Contains($"{scope}!user={owner}"))
            || (owner is not null && Members.Any(member => member.Member == owner && held.Contains($"{scope}!group={member.Group}")));
    }
}
