using JupyterHub.Core.Roles.Changes;
using JupyterHub.Rbac.Explanations;

namespace JupyterHub.Core.Roles.Questions;

/// <summary>What a change of a role would do.</summary>
/// <param name="Refusal">Why it would be refused; null if it would be made.</param>
/// <param name="Changes">Who would gain and who would lose what, by name.</param>
/// <param name="IsComplete">False if there may be others, who are too many or may not be named.</param>
internal sealed record RolePreview(RoleChangeException? Refusal, IReadOnlyList<AccessChange> Changes, bool IsComplete)
{
    /// <summary>The role as it is; null if there is none yet.</summary>
    public RoleVersion? Before { get; init; }

    /// <summary>The role as it would be; null if it would be gone.</summary>
    public RoleVersion? After { get; init; }

    /// <summary>The role's description as it is.</summary>
    public string? Description { get; init; }

    /// <summary>Which role this is about, for whoever makes the change afterwards.</summary>
    public required string Stamp { get; init; }
}
