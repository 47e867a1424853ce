using System.Runtime.InteropServices;

namespace JupyterHub.Samples.SampleHost;

/// <summary>What this host starts for its users: the real notebook server where it is installed, otherwise the workspace that comes along.</summary>
internal sealed record SingleUserServer(IList<string> Command, IList<string> Args, string Description)
{
    private const string Notebook = "jupyterhub-singleuser";

    public static SingleUserServer Find()
    {
        if (FindOnPath(Notebook) is { } notebook)
        {
            // Jupyter refuses to run as root unless told that this is meant.
            IList<string> args = Environment.IsPrivilegedProcess ? ["--allow-root"] : [];
            return new([notebook], args, $"Jupyter notebook servers ({notebook})");
        }

        var workspace = Path.Combine(AppContext.BaseDirectory, "workspace", "Workspace.dll");
        return new([DotnetHost(), workspace], [], $"the bundled workspace, because {Notebook} is not on PATH");
    }

    private static string? FindOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>The program that runs this very process's runtime.</summary>
    private static string DotnetHost() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
