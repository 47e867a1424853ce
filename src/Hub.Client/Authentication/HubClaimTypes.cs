namespace JupyterHub.Client.Authentication;

/// <summary>Claims of a visitor, besides the name.</summary>
public static class HubClaimTypes
{
    /// <summary><c>user</c> or <c>service</c>.</summary>
    public const string Kind = "jupyterhub:kind";

    /// <summary><c>true</c> for administrators of the hub, else absent.</summary>
    public const string Admin = "jupyterhub:admin";

    /// <summary>A group of the visitor; one claim each.</summary>
    public const string Group = "jupyterhub:group";

    /// <summary>A scope that the visitor's token holds, expanded by the hub, with its filter; one claim each.</summary>
    public const string Scope = "jupyterhub:scope";

    /// <summary>The browser session that the visitor's token was made in.</summary>
    public const string SessionId = "jupyterhub:session_id";
}
