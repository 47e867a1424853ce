using System.CommandLine;
using JupyterHub.Cli.Scopes.Commands;

namespace JupyterHub.Cli.Scopes;

/// <summary><c>hub scopes</c>: answers questions about scopes and roles without a running hub.</summary>
internal static class ScopesCommand
{
    public static Command Create() => new("scopes", "Says what scopes mean, who may do what, and why.")
    {
        ListCommand.Create(),
        ExpandCommand.Create(),
        ExplainCommand.Create(),
        WhoCanCommand.Create(),
        DiffCommand.Create(),
        DecideCommand.Create(),
    };
}
