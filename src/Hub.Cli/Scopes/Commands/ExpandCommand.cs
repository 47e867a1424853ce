using System.CommandLine;
using System.Text.Json.Nodes;
using JupyterHub.Cli.Scopes.Output;
using JupyterHub.Cli.Scopes.Worlds;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Cli.Scopes.Commands;

/// <summary><c>hub scopes expand</c>: everything that some scopes, or all scopes of somebody, amount to.</summary>
internal static class ExpandCommand
{
    public static Command Create()
    {
        var scopes = new Argument<string[]>("scopes") { Description = "Scopes as a role declares them; none for all that PRINCIPAL holds in the world", HelpName = "SCOPE" };
        var owner = new Option<string?>("--for") { Description = "Whom self, !user and !service mean: user:NAME, service:NAME or group:NAME", HelpName = "PRINCIPAL" };
        var client = new Option<string?>("--client") { Description = "What !server and !service mean in a token: server:OWNER/NAME or service:NAME", HelpName = "CLIENT" };
        var world = new WorldOptions();
        var command = new Command("expand", "Spells out everything that scopes amount to.") { scopes, owner, client };
        world.AddTo(command);
        Answer.SetAction(command, parsed => Expand(
            parsed.GetValue(scopes) ?? [],
            parsed.GetValue(owner) is { } name ? Entities.Principal(name) : null,
            parsed.GetValue(client) is { } issuer ? Entities.Client(issuer) : null,
            world.Find(parsed)));
        return command;
    }

    private static Answer Expand(string[] scopes, ScopeOwner? owner, ScopeClient? client, ScopeWorld? world)
    {
        if (scopes.Length > 0)
        {
            return Print((world?.Rbac.Engine ?? ScopeEngine.BuiltIn).Expand(scopes, owner, client).ToScopes(), []);
        }

        if (owner is not { } who || world is null || client is not null)
        {
            throw new ScopesRefusedException("Name scopes, or somebody in a world whose scopes are meant: --for user:NAME --world FILE.");
        }

        var admitted = world.Admit(who);
        return Print(admitted.Rbac.PermissionsOf(who).ToScopes(), admitted.Notes);
    }

    private static Answer Print(IReadOnlyList<string> expanded, IReadOnlyList<string> notes) => new(
        new JsonObject { ["scopes"] = JsonOutput.List(expanded) },
        (output, _) =>
        {
            foreach (var scope in expanded)
            {
                output.WriteLine(PlainText.Of(scope));
            }
        })
    {
        Notes = notes,
    };
}
