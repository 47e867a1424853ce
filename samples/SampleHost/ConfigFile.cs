namespace JupyterHub.Samples.SampleHost;

/// <summary><c>--config FILE</c>: settings from a file of the operator's, over those that come with the program.</summary>
internal static class ConfigFile
{
    /// <returns>False, after a line that says why, when the file is not there.</returns>
    public static bool AddConfigFile(this ConfigurationManager configuration, string[] args)
    {
        if (configuration["config"] is not { } path)
        {
            return true;
        }

        if (Resolve(path) is not { } file)
        {
            Console.Error.WriteLine($"--config {path}: there is no such file.");
            return false;
        }

        configuration.AddJsonFile(file, optional: false, reloadOnChange: false);

        // What stands on the command line wins over what stands in the file.
        configuration.AddCommandLine(args);
        return true;
    }

    /// <summary><c>dotnet run --project X</c> runs in X's folder, but a path is meant from where the command was typed.</summary>
    private static string? Resolve(string path) =>
        new[] { Environment.GetEnvironmentVariable("PWD"), Environment.CurrentDirectory }
            .OfType<string>()
            .Select(folder => Path.GetFullPath(path, folder))
            .FirstOrDefault(File.Exists);
}
