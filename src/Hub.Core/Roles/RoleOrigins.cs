namespace JupyterHub.Core.Roles;

/// <summary>Where a role or an assignment comes from, as the tables have it. What has no row there comes from the configuration.</summary>
internal static class RoleOrigins
{
    public const string Configuration = "config";
    public const string Api = "api";
    public const string Authenticator = "authenticator";

    /// <param name="stored">What our table says; null without a row.</param>
    /// <param name="isManaged">What the original's own column says of the authenticator.</param>
    public static string Of(string? stored, bool isManaged) => isManaged ? Authenticator : stored ?? Configuration;
}
