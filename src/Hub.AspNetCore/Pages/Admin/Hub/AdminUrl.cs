using JupyterHub.Core.Addressing;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub;

/// <summary>Addresses of the administration.</summary>
internal static class AdminUrl
{
    public static string Of(string hubPath, string path, string? name = null) =>
        name is null ? $"{hubPath}admin/{path}" : $"{hubPath}admin/{path}/{PathNames.Escape(name)}";

    /// <summary>True if browsers would take the name for a step in the path, however it is written.</summary>
    public static bool IsUnreachable(string name) => name is "." or "..";
}
