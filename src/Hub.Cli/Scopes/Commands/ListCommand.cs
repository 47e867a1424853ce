using System.CommandLine;
using System.Text.Json.Nodes;
using JupyterHub.Cli.Scopes.Output;
using JupyterHub.Cli.Scopes.Worlds;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Cli.Scopes.Commands;

/// <summary><c>hub scopes list</c>: the catalogue.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var world = new WorldOptions();
        var command = new Command("list", "Lists all scopes; with --config also the custom scopes of a hub.");
        world.AddTo(command);
        Answer.SetAction(command, parsed => List(world.Find(parsed)?.Catalog ?? ScopeCatalog.BuiltIn));
        return command;
    }

    private static Answer List(ScopeCatalog catalog) => new(
        JsonOutput.List(catalog.Scopes, static scope => new JsonObject
        {
            ["name"] = scope.Name,
            ["description"] = scope.Description,
            ["subscopes"] = JsonOutput.List(scope.Subscopes.Select(subscope => subscope.Name)),
            ["custom"] = scope.IsCustom,
        }),
        (output, style) =>
        {
            var table = new TextTable("SCOPE", "IMPLIES", "DESCRIPTION");
            foreach (var scope in catalog.Scopes)
            {
                table.Add(scope.Name, string.Join(", ", scope.Subscopes), scope.Description);
            }

            table.Write(output, style);
        });
}
