namespace JupyterHub.Core.Configuration.Validation;

internal static class ProxyOptionsValidator
{
    private const string Path = KnownSettings.Proxy + ":" + nameof(ProxyOptions.Type);

    public static void Validate(ProxyOptions proxy, SettingChecks checks)
    {
        checks.Require(
            !string.Equals(proxy.Type, "chp", StringComparison.OrdinalIgnoreCase),
            Path,
            "is \"chp\", which is known, but this version does not serve it yet");
        checks.Require(
            string.Equals(proxy.Type, ProxyOptions.InProcess, StringComparison.OrdinalIgnoreCase),
            Path,
            $"names {SettingErrors.Quote(proxy.Type)}, which is no proxy; there is: {ProxyOptions.InProcess}");
    }
}
