namespace JupyterHub.Core.Servers;

/// <summary>A row of <c>servers</c>: where a started server listens.</summary>
internal sealed class HubServer
{
    public int Id { get; set; }
    public string Proto { get; set; } = "http";
    public string Ip { get; set; } = "";
    public int Port { get; set; }
    public string BaseUrl { get; set; } = "/";
    public string CookieName { get; set; } = "cookie";
}
