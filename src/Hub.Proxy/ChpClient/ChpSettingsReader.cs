using System.Security.Cryptography;
using System.Text;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Configuration.Validation;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>Checks the settings of the proxy, and completes them by those of the hub and by the environment.</summary>
/// <param name="options">What the configuration says.</param>
/// <param name="hub">The hub's own settings.</param>
/// <param name="folder">Where relative paths of the hub's own state are.</param>
/// <param name="checks">Words what is wrong.</param>
/// <param name="variable">Reads the environment.</param>
internal sealed class ChpSettingsReader(ConfigurableHttpProxyOptions options, JupyterHubOptions hub, HubDataFolder folder, SettingChecks checks, Func<string, string?> variable)
{
    /// <summary>Environment variable with the token, under the original's name.</summary>
    public const string TokenVariable = "CONFIGPROXY_AUTH_TOKEN";

    private const string Section = KnownSettings.Proxy;
    private const string DefaultBindUrl = "127.0.0.1:8000";
    private const string TokenPurpose = "token of the proxy's API";

    // What a node of 12 bits holds: rwx for user, group and others.
    private const int AllPermissions = 0x1FF;
    private const int MostRequests = 1000;

    private static readonly string[] LogLevels = ["debug", "info", "warn", "error"];

    /// <param name="secret">The hub's own secret, which a token is made of that nobody gave.</param>
    /// <exception cref="HubStartupException">A setting cannot work; the message names it.</exception>
    public ChpSettings Read(Func<CookieSecret> secret)
    {
        ReadCommand();
        checks.Between(Path(nameof(options.Concurrency)), options.Concurrency, 1, MostRequests);
        checks.Seconds(Path(nameof(options.CheckRunningInterval)), options.CheckRunningInterval, zeroAllowed: false);
        checks.Require(options.PidFile.Length > 0, Path(nameof(options.PidFile)), "must name a file");
        var level = LogLevels.FirstOrDefault(known => known.Equals(options.LogLevel, StringComparison.OrdinalIgnoreCase));
        checks.Require(level is not null, Path(nameof(options.LogLevel)), $"must be one of {string.Join(", ", LogLevels)}");
        return new ChpSettings(ReadEndpoint(ReadToken(secret)), ReadPublicUrl())
        {
            ShouldStart = options.ShouldStart,
            Command = [.. options.Command],
            CommandUmask = options.CommandUmask,
            Concurrency = options.Concurrency,
            CheckRunningInterval = TimeSpan.FromSeconds(options.CheckRunningInterval),
            LogLevel = level!,
            PidFile = folder.Resolve(options.PidFile),
            SslKey = hub.SslKey,
            SslCert = hub.SslCert,
            ExtraRoutes = ExtraRoutesReader.Read(options.ExtraRoutes, hub.BaseUrl!, Path(nameof(options.ExtraRoutes)), checks),
        };
    }

    /// <summary>True for what can stand in a header as one word.</summary>
    public static bool IsToken(string token) => token.Length is > 0 and <= 1000 && !token.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static string Path(string name) => $"{Section}:{name}";

    private void ReadCommand()
    {
        checks.Require(options.Command is [{ Length: > 0 }, ..], Path(nameof(options.Command)), "must name a program");
        checks.Require(options.Command.All(part => !part.Contains('\0', StringComparison.Ordinal)), Path(nameof(options.Command)), "must not contain a null character");
        checks.Between(Path(nameof(options.CommandUmask)), options.CommandUmask, 0, AllPermissions);
    }

    private ChpEndpoint ReadEndpoint(string token)
    {
        if (ChpEndpoint.ReadSocket(options.ApiUrl, token) is { } socket)
        {
            return socket;
        }

        var path = Path(nameof(options.ApiUrl));
        var url = HubUrls.Read(path, options.ApiUrl, checks);
        if (options.ShouldStart)
        {
            checks.Require(url.Scheme == Uri.UriSchemeHttp, path, "must begin with http:// for a proxy that the hub starts");
            checks.Require(url.AbsolutePath == "/", path, "must be scheme, host and port alone for a proxy that the hub starts");
            checks.Require(url.Port != 0, path, "must name a port");
        }

        return new ChpEndpoint(url, token);
    }

    /// <summary>A token that nobody gave is the same for every hub with the same secret: the next one can use a proxy that was left running.</summary>
    private string ReadToken(Func<CookieSecret> secret)
    {
        var path = Path(nameof(options.AuthToken));
        if (options.AuthToken?.Reveal() is { } given)
        {
            checks.Require(IsToken(given), path, "must be a word of printable ASCII");
            return given;
        }

        if (variable(TokenVariable) is { Length: > 0 } inherited)
        {
            return IsToken(inherited) ? inherited : throw new HubStartupException($"The environment variable {TokenVariable} must be a word of printable ASCII.");
        }

        checks.Require(options.ShouldStart, path, $"must be set (or the environment variable {TokenVariable}) for a proxy that the hub does not start ({Path(nameof(options.ShouldStart))})");
        return Convert.ToHexStringLower(HMACSHA256.HashData(secret().Key, Encoding.UTF8.GetBytes(TokenPurpose)));
    }

    private Uri? ReadPublicUrl()
    {
        if (!options.ShouldStart)
        {
            return hub.BindUrl is null ? null : new Uri(hub.BindUrl);
        }

        var isSecure = hub.SslKey is not null || hub.SslCert is not null;
        var url = new Uri(hub.BindUrl ?? $"{(isSecure ? "https" : "http")}://{DefaultBindUrl}");
        var bindUrl = $"{KnownSettings.Root}:{nameof(hub.BindUrl)}";
        checks.Require(url.Port != 0, bindUrl, "must name a port for a proxy that the hub starts");
        checks.Require(url.Scheme == Uri.UriSchemeHttp || isSecure, bindUrl, "begins with https://, for which SslKey and SslCert must be set");
        if (isSecure)
        {
            RequireFile(hub.SslKey, nameof(hub.SslKey));
            RequireFile(hub.SslCert, nameof(hub.SslCert));
            checks.Require(url.Scheme == Uri.UriSchemeHttps, bindUrl, "must begin with https:// where SslKey and SslCert are set");
        }

        return url;
    }

    private void RequireFile(string? file, string name)
    {
        checks.Require(file is not null, $"{KnownSettings.Root}:{name}", "must be set: SslKey and SslCert go together");
        checks.Require(File.Exists(file), $"{KnownSettings.Root}:{name}", $"names the file {file}, which is not there");
    }
}
