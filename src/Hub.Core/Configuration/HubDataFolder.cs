using JupyterHub.Core.Configuration.Validation;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Configuration;

/// <summary>The folder of the hub's own state: made for its owner only, checked at start.</summary>
/// <param name="path">The absolute path of a folder that is there.</param>
internal sealed class HubDataFolder(string path)
{
    private const string Setting = $"{KnownSettings.Root}:{nameof(JupyterHubOptions.DataDirectory)}";

    /// <summary>The absolute path.</summary>
    public string Path { get; } = path;

    /// <summary>The path of a file of the hub's own state: relative ones are below this folder.</summary>
    public string Resolve(string file) => System.IO.Path.GetFullPath(file, Path);

    /// <summary>Makes the folder if it is missing, and checks that the hub can work in it.</summary>
    /// <exception cref="HubStartupException">It cannot.</exception>
    public static HubDataFolder Open(JupyterHubOptions options, SettingChecks checks)
    {
        var folder = PathOf(options);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            _ = Directory.EnumerateFileSystemEntries(folder).Any();
            var probe = System.IO.Path.Combine(folder, $".hub-{Guid.NewGuid():N}");
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new HubStartupException(
                options.DataDirectory is null
                    ? $"The default data folder {folder} cannot be read and written by the hub; make it accessible or set {Setting}."
                    : checks.Error(Setting, $"names the folder {SettingErrors.Quote(folder)}, in which the hub cannot read and write; make it accessible or name another").Message,
                exception);
        }

        return new HubDataFolder(folder);
    }

    /// <summary>Where the folder is or would be.</summary>
    /// <exception cref="HubStartupException">Nothing says where.</exception>
    public static string PathOf(JupyterHubOptions options) => options.DataDirectory ?? DefaultPath();

    private static string DefaultPath()
    {
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

        // Without a home folder the platform falls back to the root folder, which is nobody's home.
        var isHomeless = local.Length == 0
            || (!OperatingSystem.IsWindows() && home is "" or "/" && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("XDG_DATA_HOME")));
        return isHomeless
            ? throw new HubStartupException($"{Setting} must be set, because this user has no home folder to keep the hub's data in.")
            : System.IO.Path.Combine(local, "jupyterhub");
    }
}
