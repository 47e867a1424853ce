using System.Security.Claims;
using System.Text.Json.Nodes;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Authentication.Identities;

namespace JupyterHub.AspNetCore.Logins;

/// <summary>Turns the claims that came back into a person, as the login's settings say.</summary>
internal static class ClaimsReader
{
    private const int LongestInfo = 1024;

    /// <summary>The person; null if the claims tell of none, or the application's last word is no.</summary>
    public static ExternalLogin? Read(RedirectLogin login, NameTrust trust, ClaimsPrincipal principal, JsonObject? authState)
    {
        var settings = login.Settings;
        if (login.IssuerOf(principal) is not { } issuer || Find(principal, settings.SubjectClaim, login.SubjectClaims) is not { } subject)
        {
            return null;
        }

        var name = Find(principal, settings.NameClaim, login.NameClaims) ?? (settings.NameClaim.Length == 0 ? principal.Identity?.Name : null) ?? "";
        AuthenticatedUser? user = new(name)
        {
            Admin = settings.AdminClaim.Length > 0 ? Has(principal, settings.AdminClaim, settings.AdminValues) : null,
            Allowed = settings.AllowedClaim.Length > 0 && Has(principal, settings.AllowedClaim, settings.AllowedValues),
            UserInfo = UserInfo(principal, settings.UserInfoClaims),
            AuthState = authState,
        };
        user = settings.Adjust is { } adjust ? adjust(principal, user) : user;
        return user is null ? null : new ExternalLogin(login.Name, issuer, subject, user, trust);
    }

    private static string? Find(ClaimsPrincipal principal, string chosen, IReadOnlyList<string> usual) =>
        (chosen.Length > 0 ? [chosen] : usual).Select(type => principal.FindFirst(type)?.Value).FirstOrDefault(value => !string.IsNullOrEmpty(value));

    private static bool Has(ClaimsPrincipal principal, string type, IList<string> values) => principal.FindAll(type).Any(claim => values.Contains(claim.Value));

    private static JsonObject? UserInfo(ClaimsPrincipal principal, IDictionary<string, string> claims)
    {
        var info = new JsonObject();
        foreach (var (field, type) in claims)
        {
            if (principal.FindFirst(type)?.Value is { Length: > 0 and <= LongestInfo } value)
            {
                info[field] = value;
            }
        }

        return info.Count > 0 ? info : null;
    }
}
