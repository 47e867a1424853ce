namespace JupyterHub.Client;

/// <summary>Where the hub's API is and who calls it. What is not set comes from the environment that a hub gives its services.</summary>
public sealed class JupyterHubClientOptions
{
    /// <summary>Address of the API, such as <c>http://127.0.0.1:8081/hub/api</c>; by default <c>JUPYTERHUB_API_URL</c>.</summary>
    public string? ApiUrl { get; set; }

    /// <summary>The token to call with; by default <c>JUPYTERHUB_API_TOKEN</c>.</summary>
    public string? ApiToken { get; set; }

    /// <summary>How long one call may take, and how long a stream of progress may be silent; by default 60 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The largest answer that is read, in bytes; by default 32 MiB.</summary>
    public long MaxResponseBytes { get; set; } = 32 * 1024 * 1024;
}
