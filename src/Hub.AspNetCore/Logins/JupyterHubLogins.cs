namespace JupyterHub.AspNetCore.Logins;

/// <summary>Names that an application uses with the hub's redirect logins.</summary>
public static class JupyterHubLogins
{
    /// <summary>
    /// The scheme into which handlers that send people elsewhere sign them, for the moment until the hub takes over: their <c>SignInScheme</c>. It is
    /// in no list of schemes and never anybody's default.
    /// </summary>
    public const string ExternalScheme = "JupyterHub.External";
}
