using JupyterHub.Core.Roles.Changes;
using JupyterHub.Core.Roles.Questions;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Roles;

/// <summary>What a change would do, before it is made.</summary>
/// <param name="Wanted">The change.</param>
/// <param name="Preview">What it would do; null where the asker may not read that, and may make it nevertheless.</param>
/// <param name="IsStale">The role was changed after it had been looked at.</param>
internal sealed record RolePreviewView(RoleRequest Wanted, RolePreview? Preview, bool IsStale)
{
    /// <summary>In place of a stamp, from who was shown nothing.</summary>
    public const string Unseen = "unseen";
}
