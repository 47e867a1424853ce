using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Shares;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>Says in words what scopes on one server let somebody do. All pages use the same words.</summary>
internal sealed class ServerPermissions(ScopeEngine engine, PageTexts texts)
{
    public const string Access = "access:servers";

    /// <summary>What can be chosen on the pages, in the order in which it is shown: what most people want comes first.</summary>
    private static readonly string[] Offered =
        [Access, "read:servers", "start:servers", "delete:servers", "servers", "read:shares", "shares", "admin:server_state"];

    /// <summary>What the scopes allow, one sentence each. What another of them includes is not told twice.</summary>
    public IReadOnlyList<string> Describe(IEnumerable<string> scopes)
    {
        var names = scopes.Select(NameOf).Distinct(StringComparer.Ordinal).ToArray();
        return [.. names.Where(name => !names.Any(other => other != name && Includes(other, name))).OrderBy(PlaceOf).ThenBy(name => name, StringComparer.Ordinal).Select(Sentence)];
    }

    /// <summary>What somebody may give on a server, and what is chosen already, which can always be taken back.</summary>
    /// <param name="requester">Who gives: nothing is offered that they do not hold themselves.</param>
    /// <param name="server">The server.</param>
    /// <param name="chosen">The scopes that are chosen, with or without the server's filter.</param>
    /// <param name="mayGive">False where something may be taken back only.</param>
    public IReadOnlyList<PermissionChoice> Choices(Requester requester, ServerName server, IEnumerable<string> chosen, bool mayGive = true)
    {
        var held = chosen.Select(NameOf).Distinct(StringComparer.Ordinal).ToArray();
        var offered = mayGive ? Offered.Where(scope => requester.Allows(scope, server.Resource)) : [];
        return
        [
            .. offered.Union(held, StringComparer.Ordinal).OrderBy(PlaceOf).ThenBy(scope => scope, StringComparer.Ordinal)
                .Select(scope => new PermissionChoice(scope, Sentence(scope), held.Contains(scope, StringComparer.Ordinal))),
        ];
    }

    /// <summary>The scope without its filter, which in a share is always the server's.</summary>
    public static string NameOf(string scope) => scope.Split('!', 2)[0];

    private string Sentence(string scope) => scope switch
    {
        Access => texts["Open the server and use everything in it"],
        "read:servers" => texts["See whether the server runs, and since when"],
        "start:servers" => texts["Start the server"],
        "delete:servers" => texts["Stop the server, and delete it"],
        "servers" => texts["Start the server with any options, stop it, and delete it"],
        "read:shares" => texts["See with whom the server is shared"],
        "shares" => texts["Open the server, and share it with others or end that"],
        "admin:server_state" => texts["Read and change what the hub keeps about the running server"],
        "admin:servers" => texts["Start, stop and delete the server, and change what the hub keeps about it"],
        _ => texts["Whatever the permission {0} allows on this server", scope],
    };

    private static int PlaceOf(string scope) => Array.IndexOf(Offered, scope) is var place and >= 0 ? place : Offered.Length;

    private bool Includes(string scope, string other) =>
        engine.Catalog.TryGet(scope, out var outer) && engine.Catalog.TryGet(other, out var inner) && outer.Implies(inner) && !inner.Implies(outer);
}
