using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Admin.Hub.Scopes;
using JupyterHub.AspNetCore.Pages.Admin.Lists;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Roles.Changes;
using JupyterHub.Core.Roles.Reading;
using JupyterHub.Rbac.Roles;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Roles;

/// <summary>One role: what it gives, and who holds it.</summary>
internal sealed class RoleModel(RoleReader reader, ScopeWords words) : AdminPageModel
{
    public const string Users = "users";
    public const string Groups = "groups";
    public const string Services = "services";

    private static readonly string[] Kinds = [Users, Groups, Services];

    public ListAddress List { get; private set; } = null!;

    public RoleWithHolders Found { get; private set; } = null!;

    public RoleDetails Role => Found.Role;

    /// <summary>Whose kind of holders is shown: as asked, or the first of which there is one.</summary>
    public string Kind { get; private set; } = Users;

    public RoleHolderPage Holders => PageOf(Kind);

    public PagerView Pager => new(List, Holders.Items.Count, Holders.Total);

    public IReadOnlyList<ScopeWord> Scopes => [.. Role.Scopes.Select(words.Describe)];

    public bool IsBuiltIn => BuiltInRoles.Find(Role.Name) is not null;

    public bool MayWrite => RoleRights.MayWriteSomething(Hub.Known);

    public bool IsChangeable => MayWrite && RoleRights.IsChangeable(Role);

    /// <summary>The kinds, in the word of a scope's filter.</summary>
    public string HolderKind => Kind switch { Groups => "group", Services => "service", _ => "user" };

    public string Action(string what) => $"{AddressOf("roles", Role.Name)}/{what}";

    public string KindUrl(string kind) => $"{AddressOf("roles", Role.Name)}?kind={kind}";

    public string? Shown(string? creator) => RoleCreators.Shown(creator, Hub.Known);

    /// <summary>The page of a holder of the kind that is shown; services have none.</summary>
    public string? PageOfHolder(string name) => Kind switch { Users => AdminLinks.ToUser(Hub, name), Groups => AdminLinks.ToGroup(Hub, name), _ => null };

    public int CountOf(string kind) => PageOf(kind).Total;

    protected override async Task<IActionResult> ShowAsync()
    {
        var name = Hub.Value("role");
        var visible = new RoleVisibility(Hub.Known.Authority);
        List = ListAddress.Of(Hub, new ListShape($"admin/roles/{PathNames.Escape(name)}", ["name"], new Dictionary<string, IReadOnlyList<string>?> { ["kind"] = Kinds }));
        Found = await reader.FindAsync(name, visible, List.Offset, List.Size, Hub.Aborted)
            ?? throw new HubHttpException(404, visible.IsUnrestricted ? $"No such role: {LogText.Bound(name)}" : RoleRefusals.Masked) { RequiredScopes = ["read:roles"] };
        Kind = List["kind"] is { Length: > 0 } asked ? asked : Kinds.FirstOrDefault(kind => CountOf(kind) > 0) ?? Users;
        return Page();
    }

    private RoleHolderPage PageOf(string kind) => kind switch { Groups => Found.Groups, Services => Found.Services, _ => Found.Users };
}
