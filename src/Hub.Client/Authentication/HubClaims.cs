using System.Security.Claims;
using JupyterHub.Client.Models;

namespace JupyterHub.Client.Authentication;

/// <summary>Reads the claims of a visitor whom the hub knows.</summary>
public static class HubClaims
{
    /// <summary>The visitor's groups.</summary>
    public static IEnumerable<string> GetHubGroups(this ClaimsPrincipal visitor) => Values(visitor, HubClaimTypes.Group);

    /// <summary>The scopes of the visitor's token, with filters.</summary>
    public static IEnumerable<string> GetHubScopes(this ClaimsPrincipal visitor) => Values(visitor, HubClaimTypes.Scope);

    /// <summary>True for an administrator of the hub.</summary>
    public static bool IsHubAdmin(this ClaimsPrincipal visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        return visitor.HasClaim(HubClaimTypes.Admin, "true");
    }

    /// <summary>True if the visitor's token holds this scope: exactly, without its filter, or with a wider one (<c>!user=</c> for its servers).</summary>
    public static bool HasHubScope(this ClaimsPrincipal visitor, string scope)
    {
        ArgumentException.ThrowIfNullOrEmpty(scope);
        return HeldScopes.Satisfy([scope], visitor.GetHubScopes());
    }

    internal static ClaimsPrincipal Create(HubIdentity identity, string scheme)
    {
        var claims = new List<Claim>
        {
            new(ClaimTypes.Name, identity.Name),
            // A user and a service may have the same name.
            new(ClaimTypes.NameIdentifier, $"{identity.Kind}:{identity.Name}"),
            new(HubClaimTypes.Kind, identity.Kind),
        };
        if (identity.Admin == true)
        {
            claims.Add(new(HubClaimTypes.Admin, "true"));
        }

        if (identity.SessionId is { } session)
        {
            claims.Add(new(HubClaimTypes.SessionId, session));
        }

        claims.AddRange((identity.Groups ?? []).Select(group => new Claim(HubClaimTypes.Group, group)));
        claims.AddRange((identity.Scopes ?? []).Select(scope => new Claim(HubClaimTypes.Scope, scope)));
        return new(new ClaimsIdentity(claims, scheme, ClaimTypes.Name, ClaimTypes.Role));
    }

    private static IEnumerable<string> Values(ClaimsPrincipal visitor, string type)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        return visitor.FindAll(type).Select(claim => claim.Value);
    }
}
