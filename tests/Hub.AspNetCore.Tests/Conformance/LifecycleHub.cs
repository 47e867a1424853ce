namespace JupyterHub.AspNetCore.Tests.Conformance;

/// <summary>A fresh hub as lifecycle-hub.json configures it.</summary>
internal static class LifecycleHub
{
    public static Task<HubHost> StartAsync() => HubHost.StartAsync(setup =>
    {
        setup.ConfigurationFile = "lifecycle-hub.json";
        setup.Settings["Spawner:Command:0"] = "/usr/bin/python3";
        setup.Settings["Spawner:Command:1"] = Repository.Data("mock_singleuser.py");
    });
}
