using System.Reflection;

namespace JupyterHub.Core.Hosting;

/// <summary>The two versions: our own, and the one that clients are told.</summary>
internal static class HubVersion
{
    /// <summary>The JupyterHub whose contract we speak: what <c>X-JupyterHub-Version</c> and <c>GET /hub/api/</c> say.</summary>
    public const string Contract = "6.0.0";

    /// <summary>Our own version.</summary>
    public static string Own { get; } = typeof(HubVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
