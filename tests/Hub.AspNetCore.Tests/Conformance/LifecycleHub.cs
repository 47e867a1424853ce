using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Tests.Conformance;

/// <summary>A fresh hub as lifecycle-hub.json configures it.</summary>
internal static class LifecycleHub
{
    public static async Task<HubHost> StartAsync()
    {
        var settings = RecordedHub.Read("lifecycle-hub.json")["JupyterHub"]!.AsObject();
        var spawner = settings["Spawner"]!.AsObject();
        var host = await HubHost.StartAsync(setup =>
        {
            setup.Hub = hub =>
            {
                hub.AllowNamedServers = (bool)settings["AllowNamedServers"]!;
                hub.NamedServerLimitPerUser = (int)settings["NamedServerLimitPerUser"]!;
                hub.ActiveServerLimit = (int)settings["ActiveServerLimit"]!;
                hub.ConcurrentSpawnLimit = (int)settings["ConcurrentSpawnLimit"]!;
            };
            setup.Authenticator = dummy =>
            {
                dummy.Password = new((string)settings["Authenticator"]!["Password"]!);
                foreach (var name in RecordedHub.Texts(settings["AdminUsers"]))
                {
                    dummy.AdminUsers.Add(name);
                }
            };
            setup.Spawner = simple =>
            {
                simple.StartTimeout = Seconds(spawner, "StartTimeout");
                simple.HttpTimeout = Seconds(spawner, "HttpTimeout");
                simple.PollInterval = Seconds(spawner, "PollInterval");
                simple.InterruptTimeout = Seconds(spawner, "InterruptTimeout");
                simple.TermTimeout = Seconds(spawner, "TermTimeout");
                simple.KillTimeout = Seconds(spawner, "KillTimeout");
            };
        });
        await RecordedHub.SeedAsync(host, settings);
        return host;
    }

    private static double Seconds(JsonObject spawner, string name) => (double)spawner[name]!;
}
