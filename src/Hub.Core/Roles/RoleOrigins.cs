namespace JupyterHub.Core.Roles;

/// <summary>Where a role or an assignment comes from, as the tables have it. What has no row there comes from the configuration.</summary>
internal static class RoleOrigins
{
    public const string Configuration = "config";
    public const string Api = "api";
    public const string Authenticator = "authenticator";
}
