namespace JupyterHub.Client.Authentication;

/// <summary>Names that this package uses.</summary>
public static class JupyterHubDefaults
{
    /// <summary>The authentication scheme: <c>JupyterHub</c>.</summary>
    public const string AuthenticationScheme = "JupyterHub";

    /// <summary>The visitor's token as ASP.NET keeps it with a sign-in: <c>await context.GetTokenAsync(JupyterHubDefaults.TokenName)</c>.</summary>
    public const string TokenName = "access_token";
}
