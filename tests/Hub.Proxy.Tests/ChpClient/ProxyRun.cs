using System.Globalization;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Configuration;
using JupyterHub.Proxy.ChpClient;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Tests.ChpClient;

/// <summary>What a hub has of its proxy, in a folder of its own: as many hubs, one after the other, as a test makes.</summary>
internal sealed class ProxyRun : IAsyncDisposable
{
    public const string Token = "the-token-of-this-test";

    private readonly TestFolder folder = new();
    private readonly ILoggerFactory logs;

    public ProxyRun(string command)
    {
        logs = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        Core.Processes.PrivateFiles.CreateFolder(folder.Combine("data"));
        Settings = new ChpSettings(
            new ChpEndpoint(new Uri($"http://127.0.0.1:{FreePort.Find()}"), Token), new Uri($"http://127.0.0.1:{FreePort.Find()}"))
        {
            ShouldStart = true,
            Command = command.Split(' '),
            CommandUmask = 7,
            Concurrency = 10,
            CheckRunningInterval = TimeSpan.FromMilliseconds(50),
            LogLevel = "info",
            PidFile = folder.Combine("data", "proxy.pid"),
        };
        Addresses.Bind(new Uri("http://127.0.0.1:9"));
    }

    public CapturedLog Log { get; } = new();

    public ChpSettings Settings { get; set; }

    public HubAddresses Addresses { get; } = new("/");

    /// <summary>The process that the pid file names; 0 if there is no such file.</summary>
    public int Pid => ChpRecord.Read(Settings.PidFile)?.Process.Pid ?? 0;

    public string DataFolder => folder.Combine("data");

    public ConfigurableHttpProxy NewHub(TimeProvider? time = null, string trusted = "127.0.0.1") => new(
        Settings, Addresses, new HubDataFolder(DataFolder), new JupyterHubOptions { TrustedDownstreamIps = [trusted] }, time ?? TimeProvider.System, logs.CreateLogger<ConfigurableHttpProxy>());

    public static bool IsAlive(int pid) => Core.Hosting.ProcessTable.StartTimeOf(pid) is not null;

    public static string ReadOf(int pid, string file) => File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/{file}");

    public async ValueTask DisposeAsync()
    {
        // Whatever a test did: nothing that it started stays.
        if (Pid is not 0 and var left)
        {
            Core.Processes.Signals.SendToGroup(left, Core.Processes.Signals.Kill);
            await Eventually.TrueAsync(() => !IsAlive(left));
        }

        logs.Dispose();
        folder.Dispose();
    }
}
