using JupyterHub.Core.Tokens;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Configuration.Validation;

/// <summary>Checks declared services as far as that needs no database.</summary>
internal sealed class ServiceDeclarationsValidator(JupyterHubOptions hub, ScopeCatalog catalog, SettingChecks checks)
{
    private const string Section = KnownSettings.Root + ":Services";
    private const string ClientPrefix = "service-";
    private const int LongestName = 255;
    private const int LongestUrl = 1023;
    private const int LongestFolder = 2047;

    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> clients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> tokens = new(StringComparer.Ordinal);

    public void Validate()
    {
        foreach (var (index, service) in hub.Services.Index())
        {
            var path = $"{Section}:{index}";
            RequireUnused(names, service.Name, $"{path}:{nameof(service.Name)}", "declares the service {0} again");
            ValidateName(service, path);
            ValidateToken(service, path);
            ValidateAddress(service, path);
            ValidateClient(service, path);
            ValidateProcess(service, path);
        }
    }

    private void ValidateName(ServiceDeclaration service, string path) => checks.Require(
        service.Name.Length is > 0 and <= LongestName && !service.Name.Contains('/', StringComparison.Ordinal) && !service.Name.Any(char.IsControl) && service.Name.Trim() == service.Name,
        $"{path}:{nameof(service.Name)}",
        "must be a name of at most 255 characters, without / and without spaces at its ends");

    private void ValidateToken(ServiceDeclaration service, string path)
    {
        if (service.ApiToken?.Reveal() is not { } token)
        {
            return;
        }

        var setting = $"{path}:{nameof(service.ApiToken)}";
        checks.Require(
            token.Length is >= HubTokens.MinLength and <= TokenHash.MaxTokenLength,
            setting,
            $"must have {HubTokens.MinLength} to {TokenHash.MaxTokenLength} characters, but has {token.Length}");
        checks.Require(!token.Any(character => char.IsWhiteSpace(character) || char.IsControl(character)), setting, "must not contain spaces");
        if (!tokens.TryAdd(token, service.Name))
        {
            throw checks.Error(setting, $"is the token of the service {SettingErrors.Quote(tokens[token])}, too; give each service one of its own");
        }
    }

    private void ValidateAddress(ServiceDeclaration service, string path)
    {
        service.Url = service.Url is { Length: > 0 } ? service.Url : null;
        if (service.Url is { } url)
        {
            HubUrls.Read($"{path}:{nameof(service.Url)}", url, checks);
            checks.Require(service.IsManaged || !service.HasChosenPort, $"{path}:{nameof(service.Url)}", "must name a port: only that of a service with a Command can be chosen by the hub");
            checks.Require(url.Length <= LongestUrl, $"{path}:{nameof(service.Url)}", $"must have at most {LongestUrl} characters");
        }

        service.OauthRedirectUri = service.OauthRedirectUri is { Length: > 0 } ? service.OauthRedirectUri : null;
        if (service.OauthRedirectUri is { } redirect)
        {
            checks.Require(
                redirect.Length <= LongestUrl && IsRedirect(redirect),
                $"{path}:{nameof(service.OauthRedirectUri)}",
                "must be a path that starts with one / or an absolute URL");
        }
    }

    private void ValidateClient(ServiceDeclaration service, string path)
    {
        service.OauthClientId = service.OauthClientId is { Length: > 0 } ? service.OauthClientId : null;
        RoleDeclarationsValidator.RequireScopes($"{path}:{nameof(service.OauthClientAllowedScopes)}", service.OauthClientAllowedScopes, catalog, checks);
        foreach (var (index, role) in service.OauthRoles.Index())
        {
            checks.Require(
                BuiltInRoles.Find(role) is not null || hub.LoadRoles.Any(declared => declared.Name == role),
                $"{path}:{nameof(service.OauthRoles)}:{index}",
                $"names the role {SettingErrors.Quote(role)}, which is not declared");
        }

        if (!service.HasOAuthClient)
        {
            return;
        }

        var setting = $"{path}:{nameof(service.OauthClientId)}";
        checks.Require(
            service.ClientId.StartsWith(ClientPrefix, StringComparison.Ordinal) && service.ClientId.Length is > 8 and <= LongestName && !service.ClientId.Any(char.IsControl),
            setting,
            $"must begin with {ClientPrefix} and have at most 255 characters");
        RequireUnused(clients, service.ClientId, setting, "is the OAuth client {0} of another service");
        checks.Require(
            service.OauthRedirectUri is not null || service.Url is not null,
            $"{path}:{nameof(service.OauthRedirectUri)}",
            "must be given, because the service has other OAuth settings and no URL");
    }

    private void ValidateProcess(ServiceDeclaration service, string path)
    {
        checks.AtLeast($"{path}:{nameof(service.Timeout)}", service.Timeout, 0);
        checks.Require(
            !service.IsManaged || (service.Command[0].Length > 0 && service.Command.All(part => !part.Contains('\0', StringComparison.Ordinal))),
            $"{path}:{nameof(service.Command)}",
            "must begin with the name of a program and must not contain null characters");
        foreach (var (name, value) in service.Environment)
        {
            checks.Require(
                name.Length > 0 && !name.AsSpan().ContainsAny('=', '\0') && !value.Contains('\0', StringComparison.Ordinal),
                $"{path}:{nameof(service.Environment)}:{name}",
                "is no environment variable: its name must not be empty or contain =, and neither may contain a null character");
        }

        service.Cwd = service.Cwd is { Length: > 0 } ? service.Cwd : null;
        service.User = service.User is { Length: > 0 } ? service.User : null;
        checks.Require(service.Cwd is null or { Length: <= LongestFolder }, $"{path}:{nameof(service.Cwd)}", $"must have at most {LongestFolder} characters");
        checks.Require(service.User is null or { Length: <= LongestName }, $"{path}:{nameof(service.User)}", $"must have at most {LongestName} characters");
    }

    private void RequireUnused(Dictionary<string, string> known, string name, string setting, string problem)
    {
        if (!known.TryAdd(name, name))
        {
            throw checks.Error(setting, string.Format(System.Globalization.CultureInfo.InvariantCulture, problem, SettingErrors.Quote(name)));
        }
    }

    private static bool IsRedirect(string text) =>
        !text.Any(char.IsControl)
        && (text.StartsWith('/') ? !text.StartsWith("//", StringComparison.Ordinal) : Uri.TryCreate(text, UriKind.Absolute, out _));
}
