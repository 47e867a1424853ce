using JupyterHub.Core.Authorization;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Shares;

/// <summary>The scopes of a share: each of them limited to the server that is shared.</summary>
internal static class ShareScopes
{
    /// <summary>These mean something about their holder, and would mean something else for a recipient.</summary>
    private static readonly string[] NeverShared = ["self", "inherit", "(no_scope)"];

    /// <summary>Limits scopes to the server, or says why that cannot be.</summary>
    /// <param name="engine">Knows which scopes there are.</param>
    /// <param name="server">The server.</param>
    /// <param name="given">Scopes without a filter or with the server's; none means access.</param>
    public static (IReadOnlyList<string> Scopes, string? Error) Limit(ScopeEngine engine, ServerName server, IReadOnlyList<string> given)
    {
        if (given.Count == 0)
        {
            return ([$"access:servers!{server.Filter}"], null);
        }

        var limited = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var scope in given)
        {
            try
            {
                engine.Validate([scope]);
            }
            catch (ScopeException unknown)
            {
                return ([], unknown.Message);
            }

            var bang = scope.IndexOf('!', StringComparison.Ordinal);
            if (bang >= 0 && !scope.AsSpan(bang + 1).SequenceEqual(server.Filter))
            {
                return ([], $"!{LogText.Bound(scope[(bang + 1)..])} not allowed on sharing {LogText.Bound(scope[..bang])}, only !{LogText.Bound(server.Filter)}");
            }

            if (NeverShared.Contains(NameOf(scope), StringComparer.Ordinal))
            {
                return ([], $"{NameOf(scope)} cannot be shared");
            }

            limited.Add($"{NameOf(scope)}!{server.Filter}");
        }

        return ([.. limited], null);
    }

    /// <summary>The first scope that the requester does not hold for the server; null if it holds them all.</summary>
    public static string? FindNotHeld(Requester requester, ServerName server, IReadOnlyList<string> limited) =>
        limited.FirstOrDefault(scope => !requester.Allows(NameOf(scope), server.Resource));

    private static string NameOf(string scope) => scope.Split('!', 2)[0];
}
