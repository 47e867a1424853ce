using System.CommandLine;
using System.Text.Json.Nodes;
using JupyterHub.Cli.Scopes.Output;
using JupyterHub.Cli.Scopes.Worlds;
using JupyterHub.Rbac.Explanations;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Cli.Scopes.Commands;

/// <summary><c>hub scopes who-can</c>: all users and services that may do something, each with the grants that allow it.</summary>
internal static class WhoCanCommand
{
    public static Command Create()
    {
        var scope = new Argument<string>("scope") { Description = "The scope that is needed, without a filter" };
        var resource = QuestionArguments.Resource();
        var world = new WorldOptions();
        var command = new Command("who-can", "Lists the users and services that may do something, with the grants that allow it.") { scope, resource };
        world.AddTo(command);
        Answer.SetAction(command, parsed => WhoCan(world.Get(parsed), parsed.GetRequiredValue(scope), QuestionArguments.Read(parsed.GetValue(resource))));
        return command;
    }

    private static Answer WhoCan(ScopeWorld known, string scope, Resource? resource)
    {
        QuestionArguments.CheckScope(known.Catalog, scope);
        var world = known.Admit(resource);
        var explanations = AccessExplainer.WhoCan(world.Rbac, scope, resource)
            .Select(who => AccessExplainer.Explain(world.Rbac, who, scope, resource))
            .ToArray();
        return new(ToJson(scope, resource, explanations), (output, style) => Write(explanations, output, style)) { Notes = world.Notes };
    }

    private static JsonObject ToJson(string scope, Resource? resource, Explanation[] explanations) => new()
    {
        ["scope"] = scope,
        ["resource"] = resource is { } entity ? Entities.Format(entity) : null,
        ["who"] = JsonOutput.List(explanations, static explanation => new JsonObject
        {
            ["who"] = Entities.Format(explanation.Who),
            ["grants"] = JsonOutput.List(explanation.Grants, ExplanationOutput.ToJson),
        }),
    };

    private static void Write(Explanation[] explanations, TextWriter output, Style style)
    {
        if (explanations.Length == 0)
        {
            output.WriteLine("Nobody.");
            return;
        }

        var table = new TextTable("WHO", "BY");
        foreach (var explanation in explanations)
        {
            for (var i = 0; i < explanation.Grants.Count; i++)
            {
                table.Add(i == 0 ? Entities.Format(explanation.Who) : "", explanation.Grants[i].ToString());
            }
        }

        table.Write(output, style);
    }
}
