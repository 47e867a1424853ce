using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Admin.Hub.Scopes;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Roles.Changes;
using JupyterHub.Core.Roles.Reading;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Roles;

/// <summary>The form for a new role, or for what a role gives.</summary>
internal sealed class RoleEditModel(RoleReader reader, ScopeWords words) : AdminPageModel
{
    public string Name => Hub.Value("role");

    public bool IsNew => Name.Length == 0;

    /// <summary>The role as it is; null for a new one.</summary>
    public RoleDetails? Role { get; private set; }

    public string Action => Hub.Target.RawPath.ToString();

    public string CancelUrl => IsNew ? AddressOf("roles") : AddressOf("roles", Name);

    public IReadOnlyList<(string Title, IReadOnlyList<ScopeWord> Scopes)> Catalogue => words.Catalogue();

    /// <summary>Scopes that are ticked.</summary>
    public IReadOnlySet<string> Ticked { get; private set; } = new HashSet<string>();

    /// <summary>Scopes that no box stands for, each on its line.</summary>
    public string Filtered { get; private set; } = "";

    public string Description => Typed("description", Role?.Description ?? "");

    public string Expires => Typed(ExpiryForm.Field, IsNew ? ExpiryForm.Never : ExpiryForm.Keep);

    protected override async Task<IActionResult> ShowAsync()
    {
        if (!IsNew)
        {
            Role = await FindAsync();
        }

        IReadOnlyList<string> scopes = Rejected is { } rejected ? rejected.TypedAll("scope") : [.. (Role?.Scopes ?? []).Where(words.IsInCatalogue)];
        Ticked = scopes.ToHashSet(StringComparer.Ordinal);
        Filtered = Typed("filtered", string.Join('\n', (Role?.Scopes ?? []).Where(scope => !words.IsInCatalogue(scope))));
        return Page();
    }

    private async Task<RoleDetails> FindAsync()
    {
        var visible = new RoleVisibility(Hub.Known.Authority);
        var found = await reader.FindAsync(Name, visible, 0, 1, Hub.Aborted);
        if (found is not { Role: { IsReadable: true } role })
        {
            throw new HubHttpException(404, visible.IsUnrestricted ? $"No such role: {LogText.Bound(Name)}" : RoleRefusals.Masked) { RequiredScopes = ["read:roles"] };
        }

        return RoleRights.IsChangeable(role) ? role : throw new HubHttpException(409, $"Role {Name} was not made at run time; change it where it comes from.");
    }
}
