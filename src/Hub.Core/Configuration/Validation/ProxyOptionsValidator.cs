namespace JupyterHub.Core.Configuration.Validation;

/// <summary>Checks what the hub's own settings say about a proxy that it does not have.</summary>
internal static class ProxyOptionsValidator
{
    public static void Validate(JupyterHubOptions hub, SelectedComponent proxy, SettingChecks checks)
    {
        if (!string.Equals(proxy.Name, ProxyOptions.InProcess, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        Require(hub.HubBindUrl is null, nameof(hub.HubBindUrl), "is where the hub listens behind a proxy of its own (JupyterHub:Proxy:Type \"chp\"); this hub is its own proxy and listens at BindUrl alone", checks);
        Require(hub.SslKey is null, nameof(hub.SslKey), NoTls, checks);
        Require(hub.SslCert is null, nameof(hub.SslCert), NoTls, checks);
    }

    private const string NoTls = "is for a proxy that the hub starts (JupyterHub:Proxy:Type \"chp\"); put a proxy that speaks TLS in front of this hub, and set PublicUrl";

    private static void Require(bool holds, string name, string problem, SettingChecks checks) => checks.Require(holds, $"{KnownSettings.Root}:{name}", problem);
}
