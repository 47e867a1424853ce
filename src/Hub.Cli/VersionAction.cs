using System.CommandLine;
using System.CommandLine.Invocation;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Cli;

/// <summary>Prints our own version and the contract's.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        Console.Out.WriteLine($"hub {HubVersion.Own} (JupyterHub {HubVersion.Contract})");
        return ExitCodes.Done;
    }
}
