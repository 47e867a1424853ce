using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;

namespace JupyterHub.AspNetCore.Pages.Admin;

/// <summary>A part of the administration, shown to whoever may see anything of it besides what is their own.</summary>
internal sealed record AdminTab(string Url, string Text, bool IsCurrent)
{
    // Texts: "Users", "Groups", "Roles", "Access", "Services", "Tokens", "Events", "Routes", "Hub"
    private static readonly (string Path, string Text, string[] Scopes)[] All =
    [
        ("admin", "Users", ["list:users"]),
        ("admin/groups", "Groups", ["list:groups"]),
        ("admin/roles", "Roles", ["read:roles"]),
        ("admin/access", "Access", ["read:roles"]),
        ("admin/services", "Services", ["list:services"]),
        ("admin/tokens", "Tokens", ["read:tokens"]),
        ("admin/events", "Events", ["read:hub"]),
        ("admin/routes", "Routes", ["proxy"]),
        ("admin/hub", "Hub", ["read:hub"]),
    ];

    public static IEnumerable<AdminTab> Of(HubRequest request, PageTexts texts)
    {
        var path = request.Target.RawPath.ToString();
        var current = All.Where(tab => path == request.Addresses.HubPath + tab.Path || path.StartsWith($"{request.Addresses.HubPath}{tab.Path}/", StringComparison.Ordinal))
            .MaxBy(tab => tab.Path.Length).Path;

        // The first one is where everybody arrives.
        return All
            .Where(tab => tab.Path == All[0].Path || tab.Path == current || tab.Scopes.Any(scope => AdminGate.ReachesOthers(request, scope)))
            .Select(tab => new AdminTab(request.Addresses.HubPath + tab.Path, texts[tab.Text], tab.Path == current));
    }
}
