using System.Net;

namespace JupyterHub.Core.Configuration.Validation;

/// <summary>Checks the hub's own settings, and writes those with several spellings in one.</summary>
internal static class HubOptionsValidator
{
    private const int LongestPage = 10_000;

    public static void Validate(JupyterHubOptions hub, SettingChecks checks)
    {
        checks.Annotations(KnownSettings.Root, hub);
        ValidateAddresses(hub, checks);
        ValidateState(hub, checks);
        CookieOptionsValidator.Validate(hub, checks);
        PageOptionsValidator.Validate(hub, checks);
        ValidateNumbers(hub, checks);
        ValidateApi(hub, checks);
        new ServiceDeclarationsValidator(hub, RoleDeclarationsValidator.Validate(hub, checks), checks).Validate();
        foreach (var (index, text) in hub.TrustedDownstreamIps.Index())
        {
            checks.Require(IsAddressOrNetwork(text), $"{Path(nameof(hub.TrustedDownstreamIps))}:{index}", "must be an IP address or a network such as 10.0.0.0/8 (no bits set behind the prefix)");
        }

        foreach (var (name, value) in hub.Headers)
        {
            checks.Require(HeaderText.IsName(name), $"{Path(nameof(hub.Headers))}:{name}", "is not a valid name of a header");
            checks.Require(HeaderText.IsValue(value), $"{Path(nameof(hub.Headers))}:{name}", "must have a value of printable ASCII on one line");
        }
    }

    private static void ValidateAddresses(JupyterHubOptions hub, SettingChecks checks)
    {
        hub.BindUrl = hub.BindUrl is { Length: > 0 } bind ? HubUrls.ReadListener(Path(nameof(hub.BindUrl)), bind, checks).AbsoluteUri : null;
        hub.HubBindUrl = hub.HubBindUrl is { Length: > 0 } own ? HubUrls.ReadListener(Path(nameof(hub.HubBindUrl)), own, checks).AbsoluteUri : null;
        checks.Require(
            hub.HubBindUrl is null || (new Uri(hub.HubBindUrl) is { Scheme: "http", AbsolutePath: "/" }),
            Path(nameof(hub.HubBindUrl)), "must begin with http:// and be an address and a port alone");
        hub.SslKey = hub.SslKey is { Length: > 0 } ? hub.SslKey : null;
        hub.SslCert = hub.SslCert is { Length: > 0 } ? hub.SslCert : null;
        hub.BaseUrl = BasePaths.Read(hub, checks);
        hub.HubConnectUrl = hub.HubConnectUrl is { Length: > 0 } connect
            ? HubUrls.ReadOrigin(Path(nameof(hub.HubConnectUrl)), connect, checks)
            : null;
        hub.PublicUrl = hub.PublicUrl is { Length: > 0 } ? BasePaths.ReadPublicUrl(hub, checks).AbsoluteUri : null;
        hub.DefaultUrl = hub.DefaultUrl is { Length: > 0 } ? hub.DefaultUrl : null;
        if (hub.DefaultUrl is { } target)
        {
            checks.Require(IsPathOrUrl(target), Path(nameof(hub.DefaultUrl)), "must be a path that starts with one / or an absolute http or https URL");
        }
    }

    private static void ValidateState(JupyterHubOptions hub, SettingChecks checks)
    {
        hub.DataDirectory = hub.DataDirectory is { Length: > 0 } ? hub.DataDirectory : null;
        checks.Require(hub.CookieSecretFile.Length > 0, Path(nameof(hub.CookieSecretFile)), "must name a file");
        if (hub.CookieSecret?.Reveal() is { } secret)
        {
            checks.Require(secret.Length == 64 && secret.All(char.IsAsciiHexDigit), Path(nameof(hub.CookieSecret)), "must be 64 hexadecimal digits (32 bytes)");
        }
    }

    private static void ValidateNumbers(JupyterHubOptions hub, SettingChecks checks)
    {
        checks.Require(hub.CookieMaxAgeDays > 0, Path(nameof(hub.CookieMaxAgeDays)), "must be more than 0 days");
        checks.Between(Path(nameof(hub.CookieMaxAgeDays)), hub.CookieMaxAgeDays, 0, 36_500);
        checks.AtLeast(Path(nameof(hub.ActivityResolution)), hub.ActivityResolution, 0);
        checks.AtLeast(Path(nameof(hub.ConcurrentSpawnLimit)), hub.ConcurrentSpawnLimit, 0);
        checks.AtLeast(Path(nameof(hub.ActiveServerLimit)), hub.ActiveServerLimit, 0);
        checks.AtLeast(Path(nameof(hub.OauthTokenExpiresIn)), hub.OauthTokenExpiresIn, 0);
        checks.Seconds(Path(nameof(hub.SlowSpawnTimeout)), hub.SlowSpawnTimeout);
        checks.Seconds(Path(nameof(hub.SlowStopTimeout)), hub.SlowStopTimeout);
        checks.Seconds(Path(nameof(hub.ServiceCheckInterval)), hub.ServiceCheckInterval);
        checks.Seconds(Path(nameof(hub.LastActivityInterval)), hub.LastActivityInterval, zeroAllowed: false);

        // -1 means to wait however long it takes, as the original has it.
        checks.Between(Path(nameof(hub.InitSpawnersTimeout)), hub.InitSpawnersTimeout, -1, SettingChecks.LongestTimer);
        checks.AtLeast($"{Path(nameof(hub.SignInLimits))}:{nameof(SignInLimits.FreePerAccount)}", hub.SignInLimits.FreePerAccount, 0);
        checks.AtLeast($"{Path(nameof(hub.SignInLimits))}:{nameof(SignInLimits.FreePerAddress)}", hub.SignInLimits.FreePerAddress, 0);
        checks.Seconds($"{Path(nameof(hub.SignInLimits))}:{nameof(SignInLimits.Window)}", hub.SignInLimits.Window);
        checks.Require(
            hub.SpawnThrottleRetryRange is [>= 0 and var least, var most] && least <= most,
            Path(nameof(hub.SpawnThrottleRetryRange)),
            "must be two numbers of seconds, the smaller one first");
    }

    private static void ValidateApi(JupyterHubOptions hub, SettingChecks checks)
    {
        checks.AtLeast(Path(nameof(hub.NamedServerLimitPerUser)), hub.NamedServerLimitPerUser, 0);
        checks.Between(Path(nameof(hub.ApiPageMaxLimit)), hub.ApiPageMaxLimit, 1, LongestPage);
        checks.Between(Path(nameof(hub.ApiPageDefaultLimit)), hub.ApiPageDefaultLimit, 1, LongestPage);
        checks.AtLeast(Path(nameof(hub.TokenExpiresInMaxSeconds)), hub.TokenExpiresInMaxSeconds, 0);
    }

    private static string Path(string name) => $"{KnownSettings.Root}:{name}";

    private static bool IsAddressOrNetwork(string text)
    {
        // The platform reads "1" and "127.1" as addresses too; whoever writes that meant something else.
        var isComplete = text.Contains(':', StringComparison.Ordinal) || text.Count(character => character == '.') == 3;
        return isComplete && (IPAddress.TryParse(text, out _) || (IPNetwork.TryParse(text, out var network) && IsBaseOf(network, text)));
    }

    // The platform cuts surplus bits off; whoever wrote them may have meant the one address.
    private static bool IsBaseOf(IPNetwork network, string text) =>
        IPAddress.TryParse(text.AsSpan(0, text.IndexOf('/', StringComparison.Ordinal)), out var address) && address.Equals(network.BaseAddress);

    private static bool IsPathOrUrl(string text) =>
        !text.Any(char.IsControl)
        && !text.Contains('\\', StringComparison.Ordinal)
        && (text.StartsWith('/')
            ? !text.StartsWith("//", StringComparison.Ordinal)
            : Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps));
}
