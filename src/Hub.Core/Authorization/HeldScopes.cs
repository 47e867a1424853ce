namespace JupyterHub.Core.Authorization;

/// <summary>Raw scopes that a role gives to a holder, and until when.</summary>
/// <param name="Scopes">The role's raw scopes.</param>
/// <param name="RoleEnds">When the role expires; null for never.</param>
/// <param name="HoldingEnds">When the assignment expires; null for never.</param>
internal sealed record HeldScopes(List<string> Scopes, DateTime? RoleEnds, DateTime? HoldingEnds)
{
    /// <summary>From then on they give nothing.</summary>
    public DateTime? Until => Roles.LiveRoles.Earlier(RoleEnds, HoldingEnds);
}
