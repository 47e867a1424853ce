using System.Net.Sockets;
using JupyterHub.Testing;
using Microsoft.Data.Sqlite;

namespace JupyterHub.AspNetCore.Tests.Hosting;

/// <summary>What keeps a hub from starting is told in one line and an exit code.</summary>
[Collection(nameof(StartupFailureTests))]
public sealed class StartupFailureTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly TcpListener taken = new(IPAddress.Loopback, 0);

    public StartupFailureTests() => taken.Start();

    [Fact]
    public Task The_port_is_in_use() => FailsAsync(
        setup => setup.Hub = hub => hub.BindUrl = $"http://{taken.LocalEndpoint}",
        taken.LocalEndpoint.ToString()!, "another program listens there already", "JupyterHub:BindUrl");

    [Fact]
    public Task The_applications_own_port_is_in_use() => FailsAsync(
        setup => setup.LateServices = builder => builder.WebHost.UseSetting("urls", $"http://{taken.LocalEndpoint}"),
        ownsListener: false,
        taken.LocalEndpoint.ToString()!);

    [Fact]
    public Task A_key_is_unknown() => FailsAsync(
        setup => setup.Services = builder => builder.Configuration["JupyterHub:Colour"] = "red",
        "JupyterHub:Colour");

    [Fact]
    public Task A_key_is_known_but_not_served() => FailsAsync(
        setup => setup.Services = builder => builder.Configuration["JupyterHub:ImplicitSpawnSeconds"] = "1",
        "JupyterHub:ImplicitSpawnSeconds");

    [Fact]
    public Task A_declared_role_has_a_scope_that_does_not_exist() => FailsAsync(
        setup =>
        {
            setup.Settings["LoadRoles:0:Name"] = "reader";
            setup.Settings["LoadRoles:0:Scopes:0"] = "read:user";
        },
        "JupyterHub:LoadRoles:0:Scopes:0",
        "read:user");

    [Fact]
    public async Task A_declaration_cannot_be_followed_and_the_database_shows_nothing_of_it()
    {
        await FailsAsync(setup => setup.Builder = hub => hub.AddGroup("physics", group => group.Users.Add("ada")).AddRole("culler", role => role.Services("cull-idle")), "JupyterHub:LoadRoles:0", "cull-idle");
        await using var connection = new SqliteConnection($"Data Source={folder.Combine("data", "hub.sqlite")}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM groups) + (SELECT count(*) FROM roles)";
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task The_database_has_a_foreign_revision()
    {
        var file = Path.Combine(Directory.CreateDirectory(folder.Combine("data")).FullName, "hub.sqlite");
        File.Copy(Repository.Data("databases", "3.0.0.sqlite"), file);
        var before = await File.ReadAllBytesAsync(file);
        await FailsAsync(_ => { }, "revision", "651f5419b74d");
        Assert.Equal(before, await File.ReadAllBytesAsync(file));
    }

    [Fact]
    public async Task The_cookie_secret_is_corrupt()
    {
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(folder.Combine("data")).FullName, "jupyterhub_cookie_secret"), "not hexadecimal");
        await FailsAsync(_ => { }, "jupyterhub_cookie_secret");
        Assert.False(File.Exists(folder.Combine("data", "hub.sqlite")), "The database was made although the secret is broken.");
    }

    [Fact]
    public async Task The_data_folder_is_a_file()
    {
        await File.WriteAllTextAsync(folder.Combine("data"), "a file");
        await FailsAsync(_ => { }, folder.Combine("data"));
    }

    [Fact]
    public Task Anybody_could_sign_in_from_anywhere() => FailsAsync(
        setup =>
        {
            setup.Hub = hub => hub.BindUrl = $"http://0.0.0.0:{FreePort.Find()}";
            setup.Authenticator = dummy => dummy.Password = null;
        },
        "Password");

    [Fact]
    public Task There_is_no_database() => FailsAsync(
        setup =>
        {
            setup.HasHub = false;
            setup.App = app => app.MapJupyterHub();
            setup.Services = builder => builder.Services.AddJupyterHub(hub => hub.DataDirectory = folder.Combine("data"))
                .AddDummyAuthenticator(dummy => dummy.Password = new("pw"))
                .AddSimpleSpawner();
        },
        "database");

    public void Dispose()
    {
        taken.Stop();
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    private Task FailsAsync(Action<HubSetup> configure, params string[] names) => FailsAsync(configure, ownsListener: true, names);

    private async Task FailsAsync(Action<HubSetup> configure, bool ownsListener, params string[] names)
    {
        var setup = new HubSetup();
        configure(setup);
        var late = setup.LateServices;
        setup.LateServices = builder =>
        {
            late?.Invoke(builder);
            if (ownsListener)
            {
                builder.Services.AddJupyterHub(hub => hub.BindUrl ??= $"http://127.0.0.1:{FreePort.Find()}").ListenOnBindUrl();
            }
        };
        var (code, output, errors) = await RunAsync(setup);
        Assert.Equal(1, code);
        Assert.Equal("", output);
        var line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(names, name => Assert.Contains(name, line, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("Exception", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(HubSetup setup)
    {
        var (output, errors) = (Console.Out, Console.Error);
        using var newOutput = new StringWriter();
        using var newErrors = new StringWriter();
        try
        {
            Console.SetOut(newOutput);
            Console.SetError(newErrors);
            var code = await HubHost.Build(setup, folder).RunJupyterHubAsync().WaitAsync(Eventually.Deadline);
            return (code, newOutput.ToString(), newErrors.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
        }
    }

    /// <summary>The terminal belongs to the whole process.</summary>
    [CollectionDefinition(nameof(StartupFailureTests), DisableParallelization = true)]
    public sealed class Alone;
}
