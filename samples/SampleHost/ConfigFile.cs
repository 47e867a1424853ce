namespace JupyterHub.Samples.SampleHost;

/// <summary>Where <c>--config FILE</c> is.</summary>
internal static class ConfigFile
{
    /// <summary><c>dotnet run --project X</c> runs in X's folder, but a path is meant from where the command was typed.</summary>
    public static string Resolve(string path) =>
        new[] { Environment.CurrentDirectory, Environment.GetEnvironmentVariable("PWD") }
            .Where(folder => !string.IsNullOrEmpty(folder))
            .Select(folder => Path.GetFullPath(path, folder!))
            .FirstOrDefault(File.Exists) ?? path;
}
