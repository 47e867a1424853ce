using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Tests.Fixtures;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Services;
using JupyterHub.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.AspNetCore.Tests.Services;

/// <summary>Hubs with a service of their own, and looks at its process.</summary>
internal static class ManagedHub
{
    public const string Name = "tell";

    public static IReadOnlyList<string> Command { get; } = ["/usr/bin/python3", Repository.Data("environment_service.py"), "--quiet"];

    public static Task<HubHost> StartAsync(Action<ServiceDeclaration>? configure = null, CapturedLogs? logs = null, Action<HubSetup>? setup = null) => HubHost.StartAsync(hub =>
    {
        hub.Logs = logs;
        setup?.Invoke(hub);
        var builder = hub.Builder;
        hub.Builder = services =>
        {
            builder?.Invoke(services);
            services.AddHubService(Name, service =>
            {
                service.Command = [.. Command];
                service.Url = "http://127.0.0.1:0";
                service.Timeout = (int)Eventually.Deadline.TotalSeconds;
                configure?.Invoke(service);
            });
        };
    });

    public static async Task<HubService> RowAsync(HubHost host) => (await host.Data.ListAsync<HubService>()).Single(service => service.Name == Name);

    /// <summary>What the service says when it is asked through the hub.</summary>
    public static async Task<JsonObject> AskAsync(HubHost host)
    {
        using var answer = await host.SendAsync("GET", $"/services/{Name}/");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (JsonObject)(await answer.JsonAsync());
    }

    /// <summary>The pid of the service's process, once it is another than that.</summary>
    public static async Task<int> NextPidAsync(HubHost host, int before)
    {
        var pid = 0;
        await Eventually.TrueAsync("the service runs again", async () => (pid = (await RowAsync(host)).Pid ?? 0) != 0 && pid != before);
        return pid;
    }

    public static bool IsAlive(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    public static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }
}
