using JupyterHub.Core.Roles.Changes;
using JupyterHub.Rbac.Explanations;

namespace JupyterHub.Core.Roles.Questions;

/// <summary>What a change of a role would do.</summary>
/// <param name="Refusal">Why it would be refused; null if it would be made.</param>
/// <param name="Changes">Who would gain and who would lose what, by name.</param>
/// <param name="IsComplete">False if there may be others, who are too many or may not be named.</param>
internal sealed record RolePreview(RoleChangeException? Refusal, IReadOnlyList<AccessChange> Changes, bool IsComplete);
