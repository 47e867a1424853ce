namespace JupyterHub.Cli;

/// <summary>Where the process begins. Written out, as the platform would make an implicit one public.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => HubCommand.RunAsync(arguments);
}
