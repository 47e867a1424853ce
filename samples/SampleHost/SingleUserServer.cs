using System.Diagnostics;
using System.Runtime.InteropServices;

namespace JupyterHub.Samples.SampleHost;

/// <summary>What this host starts for its users: the real notebook server where it is installed, otherwise the workspace that comes along.</summary>
internal sealed record SingleUserServer(IList<string> Command, IList<string> Args, string Description)
{
    private const string Notebook = "jupyterhub-singleuser";
    private const string AppVariable = "JUPYTERHUB_SINGLEUSER_APP";

    // A busy machine takes half a minute to tell it; a wrong guess gives everybody a server without a page.
    private static readonly TimeSpan VersionTimeout = TimeSpan.FromMinutes(3);

    /// <summary>Variables that its servers need beyond what every server gets.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public static async Task<SingleUserServer> FindAsync()
    {
        if (FindOnPath(Notebook) is not { } notebook)
        {
            var workspace = Path.Combine(AppContext.BaseDirectory, "workspace", "Workspace.dll");
            return new([DotnetHost(), workspace], [], $"the bundled workspace, because {Notebook} is not on PATH");
        }

        // Jupyter refuses to run as root unless told that this is meant.
        IList<string> args = System.Environment.IsPrivilegedProcess ? ["--allow-root"] : [];
        var server = new SingleUserServer([notebook], args, $"Jupyter notebook servers ({notebook})");
        if (await NeedsClassicNotebookAsync())
        {
            server.Environment[AppVariable] = "notebook.notebookapp.NotebookApp";
        }

        return server;
    }

    /// <summary>Without JupyterLab a bare Jupyter server has no page to show; before version 7 the notebook was a server of its own that has.</summary>
    private static async Task<bool> NeedsClassicNotebookAsync()
    {
        if (System.Environment.GetEnvironmentVariable(AppVariable) is not null || FindOnPath("jupyter-lab") is not null || FindOnPath("jupyter-notebook") is not { } notebook)
        {
            return false;
        }

        using var process = Process.Start(new ProcessStartInfo(notebook, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var deadline = new CancellationTokenSource(VersionTimeout);
        try
        {
            var version = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            return int.TryParse(version.Split('.')[0], out var major) && major < 7;
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            return false;
        }
    }

    private static string? FindOnPath(string program) =>
        (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>The program that runs this very process's runtime.</summary>
    private static string DotnetHost() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
