using JupyterHub.AspNetCore.Pages.Admin.Hub.Scopes;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Roles.Changes;
using JupyterHub.Rbac.Explanations;
using JupyterHub.Rbac.Permissions;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Roles;

/// <summary>Shows what a change of a role would do, with the button that makes it.</summary>
internal sealed class RolePreviewModel(ScopeWords words, PageTexts texts) : HubPageModel
{
    /// <summary>Scopes of one person that are shown at once; the others unfold.</summary>
    public const int Shown = 12;

    public RolePreviewView View => HttpContext.Features.Get<RolePreviewView>() ?? throw new InvalidOperationException("Only a form's endpoint shows a preview.");

    public RoleRequest Wanted => View.Wanted;

    public string Role => Wanted.Role;

    public IReadOnlyList<KeyValuePair<string, string>> Fields => [.. RoleFields.Of(Wanted), new(RoleStep.Stamp, View.Preview?.Stamp ?? RolePreviewView.Unseen)];

    /// <summary>The same address once more.</summary>
    public string Action => Hub.Target.RawPath.ToString();

    public string BackUrl => Wanted is CreateRole ? AdminUrl.Of(HubPath, "roles") : AdminUrl.Of(HubPath, "roles", Role);

    public bool IsDangerous => Wanted is DeleteRole or RemoveRole;

    public string Heading => Wanted switch
    {
        CreateRole => texts["Create the role {0}?", Role],
        DeleteRole => texts["Delete the role {0}?", Role],
        AssignRole { Holder.Kind: ResourceKind.Group } assign => texts["Give the role {0} to the group {1}?", Role, assign.Holder.Name],
        AssignRole { Holder.Kind: ResourceKind.Service } assign => texts["Give the role {0} to the service {1}?", Role, assign.Holder.Name],
        AssignRole assign => texts["Give the role {0} to the user {1}?", Role, assign.Holder.Name],
        RemoveRole { Holder.Kind: ResourceKind.Group } remove => texts["Take the role {0} from the group {1}?", Role, remove.Holder.Name],
        RemoveRole { Holder.Kind: ResourceKind.Service } remove => texts["Take the role {0} from the service {1}?", Role, remove.Holder.Name],
        RemoveRole remove => texts["Take the role {0} from the user {1}?", Role, remove.Holder.Name],
        _ => texts["Change the role {0}?", Role],
    };

    public string Button => Wanted switch
    {
        CreateRole => texts["Create the role"],
        DeleteRole => texts["Delete the role"],
        AssignRole => texts["Give the role"],
        RemoveRole => texts["Take the role away"],
        _ => texts["Apply the change"],
    };

    /// <summary>True where it is the role itself that changes, and not who holds it.</summary>
    public bool IsDefinition => Wanted is CreateRole or ChangeRole;

    public IReadOnlyList<ScopeWord> Added => Differing(View.Preview?.After, View.Preview?.Before);

    public IReadOnlyList<ScopeWord> Removed => Differing(View.Preview?.Before, View.Preview?.After);

    /// <summary>The description before and after; null if it stays.</summary>
    public (string Before, string After)? Description
    {
        get
        {
            var (before, after) = (View.Preview?.Description ?? "", Wanted switch { CreateRole create => create.Description, ChangeRole change => change.Description, _ => View.Preview?.Description } ?? "");
            return before == after ? null : (before, after);
        }
    }

    /// <summary>Until when the role or the assignment holds, before and after; null if that stays.</summary>
    public (DateTime? Before, DateTime? After)? Expiry
    {
        get
        {
            if (View.Preview is not { After: { } after } preview || Wanted is RemoveRole)
            {
                return null;
            }

            (DateTime? Before, DateTime? After) ends = Wanted is AssignRole assign
                ? (EndOf(preview.Before, assign), EndOf(after, assign))
                : (preview.Before?.ExpiresAt, after.ExpiresAt);
            return ends.Before == ends.After ? null : ends;
        }
    }

    public IReadOnlyList<AccessChange> Changes => View.Preview?.Changes ?? [];

    public IActionResult OnGet() => Page();

    public IActionResult OnPost() => Page();

    private static DateTime? EndOf(RoleVersion? role, AssignRole assign) => role?.Holders.FirstOrDefault(held => held.Holder == assign.Holder)?.ExpiresAt;

    private List<ScopeWord> Differing(RoleVersion? role, RoleVersion? other) =>
        IsDefinition || Wanted is DeleteRole ? [.. (role?.Scopes ?? []).Except(other?.Scopes ?? [], StringComparer.Ordinal).Select(words.Describe)] : [];
}
