using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using JupyterHub.IntegrationTests.Harness;
using JupyterHub.Testing;

namespace JupyterHub.IntegrationTests.BadInput;

/// <summary>A hub that cannot start says why in one line and ends with a failure.</summary>
public sealed class RefusedStartTests
{
    [Fact]
    public async Task An_unknown_key_is_named_with_the_nearest_known_one()
    {
        await using var hub = new HubProcess();
        hub.Settings["BindUrll"] = "http://127.0.0.1:1";

        await AssertRefusesAsync(hub, "BindUrl");
    }

    [Fact]
    public async Task A_bad_value_is_named()
    {
        await using var hub = new HubProcess();
        hub.Spawner["StartTimeout"] = "soon";

        await AssertRefusesAsync(hub, "StartTimeout");
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        await using var hub = new HubProcess();
        using var listener = new TcpListener(IPAddress.Loopback, hub.Port);
        listener.Start();

        await AssertRefusesAsync(hub, $"{hub.Port}");
    }

    [Fact]
    public async Task A_cookie_secret_that_is_none_is_named_and_left_alone()
    {
        await using var hub = new HubProcess();
        Directory.CreateDirectory(hub.DataFolder);
        var secret = Path.Combine(hub.DataFolder, "jupyterhub_cookie_secret");
        await File.WriteAllTextAsync(secret, "this is not hexadecimal");
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await AssertRefusesAsync(hub, "jupyterhub_cookie_secret");

        Assert.Equal("this is not hexadecimal", await File.ReadAllTextAsync(secret));
        Assert.DoesNotContain("this is not hexadecimal", hub.Output, StringComparison.Ordinal);
    }

    /// <summary>A file stands where the folder should be: that stops even root.</summary>
    [Fact]
    public async Task A_data_folder_that_cannot_be_used_is_named()
    {
        await using var hub = new HubProcess();
        await File.WriteAllTextAsync(hub.DataFolder, "");
        hub.Settings["DataDirectory"] = Path.Combine(hub.DataFolder, "below");

        await AssertRefusesAsync(hub, hub.DataFolder);
    }

    [Theory]
    [InlineData("1.5.1", "4dc2d5a8c53c")]
    [InlineData("3.0.0", "651f5419b74d")]
    [InlineData("5.5.1", "4621fec11365")]
    public async Task A_database_of_another_revision_is_refused_and_not_touched(string version, string revision)
    {
        await using var hub = new HubProcess();
        Directory.CreateDirectory(hub.DataFolder);
        var database = Path.Combine(hub.DataFolder, "other.sqlite");
        File.Copy(Repository.Data("databases", version + ".sqlite"), database);
        File.SetUnixFileMode(database, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        hub.Settings["Database"] = new JsonObject { ["Provider"] = "Sqlite", ["ConnectionString"] = "Data Source=other.sqlite" };
        var before = SHA256.HashData(await File.ReadAllBytesAsync(database));

        await AssertRefusesAsync(hub, revision);

        Assert.Equal(before, SHA256.HashData(await File.ReadAllBytesAsync(database)));
        Assert.Equal(["other.sqlite"], Directory.GetFiles(hub.DataFolder, "other.sqlite*").Select(Path.GetFileName));
    }

    private static async Task AssertRefusesAsync(HubProcess hub, string named)
    {
        var exit = await hub.FailToStartAsync();

        Assert.True(exit != 0, $"It ended with {exit}:\n{hub.Output}");
        Assert.True(hub.Errors.Count == 1, $"One line, please:\n{hub.Output}");
        Assert.Contains(named, hub.Errors[0], StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", hub.Output, StringComparison.Ordinal);
    }
}
