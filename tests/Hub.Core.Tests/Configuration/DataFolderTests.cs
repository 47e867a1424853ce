using JupyterHub.Core.Configuration;
using JupyterHub.Core.Configuration.Binding;
using JupyterHub.Core.Configuration.Validation;
using JupyterHub.Core.Hosting;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Configuration;

/// <summary>The folder of the hub's own state.</summary>
public sealed class DataFolderTests : IDisposable
{
    private readonly TestFolder folder = new();

    [Fact]
    public void A_missing_folder_is_made_for_its_owner_alone()
    {
        var opened = Open(folder.Combine("a", "b"));

        Assert.Equal(folder.Combine("a", "b"), opened.Path);
        Assert.Empty(Directory.EnumerateFileSystemEntries(opened.Path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(opened.Path));
        }
    }

    [Fact]
    public void Files_of_the_state_are_below_the_folder_unless_their_path_is_absolute()
    {
        var opened = Open(folder.Path);

        Assert.Equal(folder.Combine("hub.sqlite"), opened.Resolve("hub.sqlite"));
        Assert.Equal("/etc/secret", opened.Resolve("/etc/secret"));
    }

    [Fact]
    public void A_folder_that_cannot_be_used_stops_the_start()
    {
        File.WriteAllText(folder.Combine("file"), "");

        var error = Assert.Throws<HubStartupException>(() => Open(folder.Combine("file")));
        Assert.StartsWith($"JupyterHub:DataDirectory names the folder \"{folder.Combine("file")}\", in which the hub cannot", error.Message, StringComparison.Ordinal);
        Assert.Throws<HubStartupException>(() => Open(folder.Combine("file", "below")));
        Assert.Throws<HubStartupException>(() => Open("/proc/nowhere"));
    }

    [Fact]
    public void The_error_names_the_file_that_names_the_folder()
    {
        using var host = new HostSetup();
        var file = host.AddSection(""" "DataDirectory": "/proc/nowhere" """);
        var configuration = host.Read();

        var error = Assert.Throws<HubStartupException>(() => HubDataFolder.Open(configuration.Hub, new SettingChecks(configuration.Origins)));

        Assert.EndsWith($"(in {file}).", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static HubDataFolder Open(string path) =>
        HubDataFolder.Open(new JupyterHubOptions { DataDirectory = path }, new SettingChecks(new SettingOrigins()));
}
