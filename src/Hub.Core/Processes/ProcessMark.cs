namespace JupyterHub.Core.Processes;

/// <summary>Variables by which a process is known to be what it is taken for; whoever it starts inherits them.</summary>
/// <param name="Variables">Each as <c>NAME=value</c>.</param>
internal sealed record ProcessMark(params IReadOnlyList<string> Variables)
{
    /// <summary>Tells a proxy which file names it.</summary>
    public const string ProxyVariable = "JUPYTERHUB_PROXY_PID_FILE";

    public static ProcessMark OfServer(string userName, string serverName) => new($"JUPYTERHUB_USER={userName}", $"JUPYTERHUB_SERVER_NAME={serverName}");

    public static ProcessMark OfService(string name) => new($"JUPYTERHUB_SERVICE_NAME={name}");

    public static ProcessMark OfProxy(string pidFile) => new($"{ProxyVariable}={pidFile}");
}
