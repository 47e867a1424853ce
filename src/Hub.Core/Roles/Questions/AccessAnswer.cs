using JupyterHub.Rbac.Explanations;

namespace JupyterHub.Core.Roles.Questions;

/// <summary>The account of a decision, as much of it as the one who asked may know.</summary>
/// <param name="Explanation">The decision.</param>
/// <param name="OfToken">True if it is about a token and not about all that its owner may.</param>
/// <param name="Grants">Grants that may be named.</param>
/// <param name="HiddenGrants">How many there are besides.</param>
/// <param name="Nearest">Scopes that would do and may be named.</param>
internal sealed record AccessAnswer(
    Explanation Explanation, bool OfToken, IReadOnlyList<ExplainedGrant> Grants, int HiddenGrants, IReadOnlyList<string> Nearest);
