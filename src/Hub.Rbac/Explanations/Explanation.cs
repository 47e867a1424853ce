using System.Text;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Explanations;

/// <summary>The account of one decision.</summary>
public sealed record Explanation
{
    internal Explanation(ScopeOwner who, Scope scope, Resource? resource) => (Who, Scope, Resource) = (who, scope, resource);

    /// <summary>Whom the decision is about; for a token its owner.</summary>
    public ScopeOwner Who { get; }

    /// <summary>The scope that was asked about.</summary>
    public Scope Scope { get; }

    /// <summary>The entity that was asked about; null when the scope had to be held without a filter.</summary>
    public Resource? Resource { get; }

    /// <summary>The decision.</summary>
    public bool IsAllowed => Denial is null;

    /// <summary>Why not; null if allowed.</summary>
    public DenialReason? Denial { get; internal init; }

    /// <summary>If allowed, every grant that alone suffices: only taking all of them away changes the decision. If denied, grants of the scope for others.</summary>
    public IReadOnlyList<ExplainedGrant> Grants { get; internal init; } = [];

    /// <summary>If denied, scopes of which each would allow it, the narrowest first.</summary>
    public IReadOnlyList<string> Nearest { get; internal init; } = [];

    /// <summary>If denied, true if the token has to be given such a scope; false if only its owner has to.</summary>
    public bool TokenLacksScope { get; internal init; }

    /// <summary>A few lines for people.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{Who} {(IsAllowed ? "has" : "does not have")} {Scope}{(Resource is { } resource ? $" on {resource}" : "")}");
        text.Append(Denial switch
        {
            null => ":",
            DenialReason.NotGranted => ": nobody granted it.",
            DenialReason.FilteredElsewhere => ": it was granted only for others:",
            _ => " with this token, which was not given it; the owner has it:",
        });
        foreach (var grant in Grants)
        {
            text.Append("\n  ").Append(grant);
        }

        if (Nearest.Count > 0)
        {
            text.Append("\n  Any of these would do: ").AppendJoin(", ", Nearest);
        }

        return text.ToString();
    }
}
