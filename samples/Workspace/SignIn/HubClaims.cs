using System.Security.Claims;
using Workspace.Hub;

namespace Workspace.SignIn;

/// <summary>A visitor as claims.</summary>
internal static class HubClaims
{
    public const string Scope = "scope";
    public const string Group = "group";

    public static ClaimsPrincipal Of(HubUser user, string scheme) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.Name, user.Name),
            .. (user.Groups ?? []).Select(group => new Claim(Group, group)),
            .. (user.Scopes ?? []).Select(scope => new Claim(Scope, scope)),
        ],
        scheme));

    public static IEnumerable<string> Scopes(this ClaimsPrincipal visitor) => visitor.FindAll(Scope).Select(claim => claim.Value);

    public static IEnumerable<string> Groups(this ClaimsPrincipal visitor) => visitor.FindAll(Group).Select(claim => claim.Value);
}
