using System.Text.RegularExpressions;
using JupyterHub.Core.Authentication;

namespace JupyterHub.Core.Configuration.Validation;

/// <summary>Checks what every authenticator shares; further settings of one kind are checked by their own attributes.</summary>
internal static class AuthenticatorOptionsValidator
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    public static void Validate(AuthenticatorOptions? authenticator, SettingChecks checks, int redirectLogins = 0)
    {
        if (authenticator is null)
        {
            return;
        }

        checks.Annotations(KnownSettings.Authenticator, authenticator);
        RequireNames(nameof(authenticator.AllowedUsers), authenticator.AllowedUsers, checks);
        RequireNames(nameof(authenticator.BlockedUsers), authenticator.BlockedUsers, checks);
        RequireNames(nameof(authenticator.AdminUsers), authenticator.AdminUsers, checks);
        foreach (var (name, mapped) in authenticator.UsernameMap)
        {
            checks.Require(name.Length > 0 && mapped.Length > 0, $"{Path(nameof(authenticator.UsernameMap))}:{name}", "must map a name to a name");
        }

        foreach (var (setting, isOn) in new[]
        {
            (nameof(authenticator.AutoLogin), authenticator.AutoLogin),
            (nameof(authenticator.AutoLoginOauth2Authorize), authenticator.AutoLoginOauth2Authorize),
        })
        {
            checks.Require(!isOn || redirectLogins == 1, Path(setting), $"needs exactly one redirect login, but there are {redirectLogins}");
        }

        checks.Require(IsPattern(authenticator.UsernamePattern), Path(nameof(authenticator.UsernamePattern)), "must be a regular expression");
    }

    private static void RequireNames(string setting, IEnumerable<string> names, SettingChecks checks)
    {
        foreach (var (index, name) in names.Index())
        {
            checks.Require(!string.IsNullOrWhiteSpace(name), $"{Path(setting)}:{index}", "must be the name of a user");
        }
    }

    private static bool IsPattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, MatchTimeout);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string Path(string name) => $"{KnownSettings.Authenticator}:{name}";
}
