using JupyterHub.Client.Hosting;

namespace Workspace;

/// <summary>What the pages show of the server that this is.</summary>
internal sealed record WorkspaceSettings(HubLinks Links, string UserName, string ServerName)
{
    /// <summary>The version of the hub's contract that this app speaks.</summary>
    public const string ContractVersion = "6.0.0";

    /// <summary>Path of this server, percent-encoded, with a slash at both ends.</summary>
    public string Prefix => Links.App;

    public static WorkspaceSettings Read(HubLinks links) => new(
        links,
        Environment.GetEnvironmentVariable("JUPYTERHUB_USER") ?? "",
        Environment.GetEnvironmentVariable("JUPYTERHUB_SERVER_NAME") ?? "");
}
