using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Explanations;

/// <summary>What one grant has to do with a decision.</summary>
public sealed record ExplainedGrant
{
    internal ExplainedGrant(Grant grant, string declaredScope, IReadOnlyList<Scope> path, FilterMatch match) =>
        (Grant, DeclaredScope, Path, Match) = (grant, declaredScope, path, match);

    /// <summary>The role or share. One that is held through a group has the group as its holder.</summary>
    public Grant Grant { get; }

    /// <summary>The scope as the role or share declares it.</summary>
    public string DeclaredScope { get; }

    /// <summary>From the declared scope, each implying the next, to the one that was asked about.</summary>
    public IReadOnlyList<Scope> Path { get; }

    /// <summary>How its filter relates to the entity.</summary>
    public FilterMatch Match { get; }

    /// <summary>The group that made the filter match; null for any other match.</summary>
    public string? MatchedGroup { get; internal init; }

    /// <summary>The token's scope that passes it on; null without a token, and for what every token may.</summary>
    public string? TokenScope { get; internal init; }

    /// <summary>The same for somebody who may not know which group it was.</summary>
    public ExplainedGrant WithoutMatchedGroup() => this with { MatchedGroup = null };

    /// <summary>One line for people.</summary>
    public override string ToString()
    {
        var path = Path.Count > 1 ? $" ({string.Join(" > ", Path)})" : "";
        var filter = Match switch
        {
            FilterMatch.Unfiltered => "for everything",
            FilterMatch.Name => "naming it",
            FilterMatch.Owner => "naming the owner",
            FilterMatch.Member => $"by membership in {MatchedGroup}",
            _ => "for others",
        };
        var token = TokenScope is null ? "" : $", passed on by the token's scope {TokenScope}";
        return $"{Grant}: {DeclaredScope}{path}, {filter}{token}";
    }
}
