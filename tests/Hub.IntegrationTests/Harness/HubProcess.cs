using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using JupyterHub.Testing;

namespace JupyterHub.IntegrationTests.Harness;

/// <summary>
/// SampleHost as a real process with a data folder of its own. It can be killed and started again on the same folder,
/// and whatever happens, nothing that it started outlives the test.
/// </summary>
internal sealed class HubProcess : IHubUnderTest, IAsyncDisposable
{
    public const string AdminPasswordText = "the-admin-password-of-this-test-0123456789";
    public const string UserPasswordText = "the-user-password-of-this-test";

    private readonly TestFolder folder = new();
    private readonly MarkedProcesses marked = new();
    private readonly Dictionary<string, string> environment = new(StringComparer.Ordinal);
    private ServerProcess? process;

    public HubProcess()
    {
        Port = FreePort.Find();
        Settings = new JsonObject
        {
            ["BindUrl"] = $"http://127.0.0.1:{Port}",
            ["DataDirectory"] = DataFolder,
            ["Authenticator"] = new JsonObject
            {
                ["Type"] = "shared-password",
                ["AllowAll"] = true,
                ["AdminUsers"] = new JsonArray("admin"),
                ["AdminPassword"] = AdminPasswordText,
                ["UserPassword"] = UserPasswordText,
            },
            ["Spawner"] = new JsonObject
            {
                ["Type"] = "simple",
                ["Ip"] = LoopbackAddress.New(),
                ["StartTimeout"] = Eventually.Deadline.TotalSeconds,
                ["HttpTimeout"] = Eventually.Deadline.TotalSeconds,
                ["HomeDirTemplate"] = folder.Combine("homes", "{username}"),
                ["Environment"] = new JsonObject { [MarkedProcesses.Variable] = marked.Value },
            },
        };
        environment["HOME"] = Home;
        Directory.CreateDirectory(Home);
    }

    /// <summary>Home folder of the system user whom the hub runs as.</summary>
    public string Home => folder.Combine("home");

    public int Port { get; }

    public int ProcessId => process!.Id;

    public Uri Address => new($"http://127.0.0.1:{Port}/");

    /// <summary>The section <c>JupyterHub</c> of the file given by <c>--config</c>; change it before a start.</summary>
    public JsonObject Settings { get; }

    public JsonObject Spawner => Settings["Spawner"]!.AsObject();

    public JsonObject Authenticator => Settings["Authenticator"]!.AsObject();

    public string DataFolder => folder.Combine("data");

    public string UserPassword => UserPasswordText;

    public string AdminPassword => AdminPasswordText;

    public string Output => process?.Output ?? "";

    public IReadOnlyList<string> Lines => process?.Lines ?? [];

    public IReadOnlyList<string> Errors => process?.Errors ?? [];

    public static async Task<HubProcess> StartNewAsync(Action<HubProcess>? configure = null)
    {
        var hub = new HubProcess();
        try
        {
            configure?.Invoke(hub);
            await hub.StartAsync();
            return hub;
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    /// <summary>Servers are the bundled workspace, on a machine without Python and Jupyter.</summary>
    public void HidePython()
    {
        var bin = folder.Combine("bin");
        Programs.LinkWithoutPython(bin);
        environment["PATH"] = bin;
    }

    /// <summary>Starts and waits until the hub answers.</summary>
    public async Task StartAsync()
    {
        Begin();
        using var http = new HttpClient();
        await Eventually.TrueAsync($"the hub answers at {Address}", async () =>
        {
            Assert.False(process!.HasExited, $"The hub ended at its start:\n{Output}");
            try
            {
                using var answer = await http.GetAsync(new Uri(Address, "hub/health"));
                return answer.IsSuccessStatusCode && Output.Contains(Address.ToString(), StringComparison.Ordinal);
            }
            catch (Exception problem) when (problem is HttpRequestException or SocketException)
            {
                return false;
            }
        });
    }

    /// <summary>Starts a hub that must refuse to; its exit code.</summary>
    public Task<int> FailToStartAsync()
    {
        Begin();
        return process!.WaitForExitAsync();
    }

    /// <summary>SIGKILL: no chance to say goodbye. Servers stay.</summary>
    public Task KillAsync() => process!.KillAsync();

    /// <summary>SIGTERM; the exit code.</summary>
    public Task<int> StopAsync() => process!.TerminateAsync();

    /// <summary>Servers and kernels that run now, children of this hub or of one before it.</summary>
    public IReadOnlyList<int> Servers() => marked.Find();

    public ValueTask DisposeAsync()
    {
        process?.Dispose();
        marked.KillAll();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Begin()
    {
        var config = folder.Combine("hub.json");
        File.WriteAllText(config, new JsonObject { ["JupyterHub"] = Settings.DeepClone() }.ToJsonString());
        var start = new ProcessStartInfo(Programs.Dotnet, [Programs.SampleHost, "--config", config])
        {
            WorkingDirectory = folder.Path,
        };
        foreach (var name in start.Environment.Keys.Where(IsOfAnotherHub).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process?.Dispose();
        process = new ServerProcess(start);
    }

    private static bool IsOfAnotherHub(string name) =>
        name.StartsWith("JUPYTERHUB", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase);
}
