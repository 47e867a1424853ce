using System.Diagnostics;
using JupyterHub.Testing;

namespace JupyterHub.Conformance.Packages;

/// <summary>Runs <c>dotnet pack</c> once over what the test build has made already.</summary>
public sealed class PackedLibraries : IAsyncLifetime, IDisposable
{
    private readonly TestFolder folder = new();

    public int ExitCode { get; private set; }

    public string Output { get; private set; } = "";

    public IReadOnlyList<string> Files { get; private set; } = [];

    public async Task InitializeAsync()
    {
        foreach (var library in Libraries.All)
        {
            await PackAsync(library);
        }

        Files = Directory.GetFiles(folder.Path, "*.nupkg");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => folder.Dispose();

    private async Task PackAsync(Library library)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in new[]
        {
            "pack", library.ProjectFile, "--no-build", "--nologo", "-v", "minimal", "-tl:off",
            "-c", Libraries.BuildConfiguration, "-o", folder.Path,
        })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        // The test host names its own SDK and build folders, which are not for another build.
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("MSBuildExtensionsPath");
        using var pack = Process.Start(start)!;
        var output = pack.StandardOutput.ReadToEndAsync();
        var errors = pack.StandardError.ReadToEndAsync();
        await pack.WaitForExitAsync();
        ExitCode = Math.Max(ExitCode, pack.ExitCode);
        Output += await output + await errors;
    }
}
