namespace JupyterHub.Testing;

/// <summary>Programs of this repository that tests start, as they were built along with the tests.</summary>
public static class BuiltPrograms
{
    /// <summary>The <c>hub</c> command: <c>dotnet</c> runs it. A test project that starts it has to refer to Hub.Cli.</summary>
    public static string Hub
    {
        get
        {
            // .../bin/Release/net10.0
            var output = new DirectoryInfo(AppContext.BaseDirectory);
            return Repository.Combine("src", "Hub.Cli", "bin", output.Parent!.Name, output.Name, "JupyterHub.Cli.dll");
        }
    }
}
