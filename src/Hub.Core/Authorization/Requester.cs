using JupyterHub.Core.Tokens;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Core.Authorization;

/// <summary>Who asks, by one credential: identity and permissions never come from two different ones.</summary>
internal sealed record Requester
{
    public required RequesterKind Kind { get; init; }

    /// <summary>Id of the user or service.</summary>
    public required int Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The admin flag: only its bearers may hand it on, as <see cref="MayMakeAdmins"/> says.</summary>
    public required bool Admin { get; init; }

    public required Authority Authority { get; init; }

    /// <summary>The token that was shown; null for a login cookie.</summary>
    public HubToken? Token { get; init; }

    /// <summary>The browser session, of the cookie or noted with the token.</summary>
    public string? SessionId { get; init; }

    /// <summary>What the login cookie carries; null for tokens.</summary>
    public string? CookieId { get; init; }

    /// <summary>
    /// True for an administrator whose credential reaches all users: a token that was cut down to some of them must not make one of those
    /// an administrator, and so reach all the others.
    /// </summary>
    public bool MayMakeAdmins => Admin && Allows("admin:users");

    public bool IsUser => Kind == RequesterKind.User;

    /// <summary>The entity that the requester itself is.</summary>
    public Resource Self => IsUser ? Resource.User(Name) : Resource.Service(Name);

    public bool Allows(string scope) => Authority.Allows(scope);

    public bool Allows(string scope, Resource resource) => Authority.Allows(scope, resource);
}
