using System.CommandLine;
using JupyterHub.Cli.Scopes.Output;
using JupyterHub.Cli.Scopes.Worlds;
using JupyterHub.Rbac.Explanations;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Cli.Scopes.Commands;

/// <summary><c>hub scopes explain</c>: why somebody may do something, or why not and what would be needed.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var who = new Argument<string>("principal") { Description = "Who: user:NAME, service:NAME or group:NAME" };
        var scope = new Argument<string>("scope") { Description = "The scope that is needed, without a filter" };
        var resource = QuestionArguments.Resource();
        var token = new Option<string[]>("--token-scope") { Description = "Ask for a token of PRINCIPAL with this scope; may be given several times", HelpName = "SCOPE" };
        var client = new Option<string?>("--client") { Description = "Ask for a token that was issued to server:OWNER/NAME or service:NAME", HelpName = "CLIENT" };
        var world = new WorldOptions();
        var command = new Command("explain", "Explains a decision: every grant that allows it, or why nothing does and the nearest scopes that would.") { who, scope, resource, token, client };
        world.AddTo(command);
        Answer.SetAction(command, parsed => Explain(
            world.Get(parsed),
            Entities.Principal(parsed.GetRequiredValue(who)),
            parsed.GetRequiredValue(scope),
            QuestionArguments.Read(parsed.GetValue(resource)),
            parsed.GetValue(token) ?? [],
            parsed.GetValue(client) is { } issuer ? Entities.Client(issuer) : null));
        return command;
    }

    private static Answer Explain(ScopeWorld known, ScopeOwner who, string scope, Resource? resource, string[] token, ScopeClient? client)
    {
        QuestionArguments.CheckScope(known.Catalog, scope);
        var world = known.Admit(who).Admit(resource);
        if (token.Length == 0 && client is null)
        {
            return Print(AccessExplainer.Explain(world.Rbac, who, scope, resource), world.Notes);
        }

        if (who.Kind == ResourceKind.Group)
        {
            throw new ScopesRefusedException("A group has no tokens; ask for one of its members.");
        }

        world.Rbac.Engine.Validate(token);
        return Print(AccessExplainer.Explain(world.Rbac, new TokenGrant(who, token, client), scope, resource), world.Notes);
    }

    private static Answer Print(Explanation explanation, IReadOnlyList<string> notes) => new(
        ExplanationOutput.ToJson(explanation),
        (output, style) => ExplanationOutput.Write(explanation, output, style))
    {
        Notes = notes,
    };
}
