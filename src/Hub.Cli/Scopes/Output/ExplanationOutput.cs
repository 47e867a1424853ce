using System.Text.Json.Nodes;
using JupyterHub.Rbac.Explanations;
using JupyterHub.Rbac.Roles;

namespace JupyterHub.Cli.Scopes.Output;

/// <summary>The account of a decision, for people and for programs.</summary>
internal static class ExplanationOutput
{
    public static void Write(Explanation explanation, TextWriter output, Style style)
    {
        var verdict = explanation.IsAllowed ? style.Good("may") : style.Bad("may not");
        var what = explanation.Resource is { } resource ? $"{explanation.Scope} on {Entities.Format(resource)}" : $"{explanation.Scope} on everything";
        output.WriteLine($"{PlainText.Of(Entities.Format(explanation.Who))} {verdict}: {PlainText.Of(what)}");
        if (Reason(explanation.Denial) is { } reason)
        {
            output.WriteLine(reason);
        }

        foreach (var grant in explanation.Grants)
        {
            output.WriteLine($"  {PlainText.Of(grant.ToString())}");
        }

        if (explanation.Nearest.Count > 0)
        {
            output.WriteLine(explanation.TokenLacksScope ? "Each of these would do, given to the token as well as to its owner:" : "Each of these would do:");
            foreach (var scope in explanation.Nearest)
            {
                output.WriteLine($"  {PlainText.Of(scope)}");
            }
        }
    }

    public static JsonObject ToJson(Explanation explanation) => new()
    {
        ["who"] = Entities.Format(explanation.Who),
        ["scope"] = explanation.Scope.Name,
        ["resource"] = explanation.Resource is { } resource ? Entities.Format(resource) : null,
        ["allowed"] = explanation.IsAllowed,
        ["reason"] = explanation.Denial switch
        {
            null => null,
            DenialReason.NotGranted => "not-granted",
            DenialReason.FilteredElsewhere => "filtered-elsewhere",
            _ => "token-ceiling",
        },
        ["grants"] = JsonOutput.List(explanation.Grants, ToJson),
        ["nearest"] = JsonOutput.List(explanation.Nearest),
        ["token_lacks_scope"] = explanation.TokenLacksScope,
    };

    public static JsonObject ToJson(ExplainedGrant grant) => new()
    {
        ["holder"] = Entities.Format(grant.Grant.Holder),
        ["role"] = (grant.Grant as RoleGrant)?.Role,
        ["declared"] = grant.DeclaredScope,
        ["path"] = JsonOutput.List(grant.Path.Select(scope => scope.Name)),
        ["match"] = grant.Match switch
        {
            FilterMatch.Unfiltered => "unfiltered",
            FilterMatch.Name => "name",
            FilterMatch.Owner => "owner",
            FilterMatch.Member => "member",
            _ => "elsewhere",
        },
        ["group"] = grant.MatchedGroup,
        ["token_scope"] = grant.TokenScope,
    };

    private static string? Reason(DenialReason? denial) => denial switch
    {
        null => null,
        DenialReason.NotGranted => "Nobody granted it.",
        DenialReason.FilteredElsewhere => "It was granted only for others:",
        _ => "This token was not given it; its owner has it:",
    };
}
