using System.Text.Json.Nodes;

namespace JupyterHub.Core.Authentication;

/// <summary>Whom an authenticator recognised. Whether that person may enter is decided afterwards, by the allow and block lists.</summary>
/// <param name="Name">The user's name; it is normalised before use.</param>
public sealed record AuthenticatedUser(string Name)
{
    /// <summary>True or false to set the admin flag at sign-in, null to leave it.</summary>
    public bool? Admin { get; init; }

    /// <summary>True when the authenticator itself vouches that this user may enter, whatever the allow list says.</summary>
    public bool Allowed { get; init; }

    /// <summary>What is known of the person (name, e-mail…), or null to leave it.</summary>
    public JsonObject? UserInfo { get; init; }

    /// <summary>
    /// What the authenticator wants to keep with the user, such as tokens of a login provider: stored encrypted, for spawners and holders of
    /// <c>admin:auth_state</c>. Null for nothing, which takes away what was kept before. Without <c>EnableAuthState</c> nothing is kept.
    /// </summary>
    public JsonObject? AuthState { get; init; }

    /// <summary>Never prints the state, which holds secrets.</summary>
    public override string ToString() => Name;
}
