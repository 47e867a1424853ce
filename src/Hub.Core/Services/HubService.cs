using System.Text.Json.Nodes;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Servers;

namespace JupyterHub.Core.Services;

/// <summary>A row of <c>services</c>.</summary>
internal sealed class HubService
{
    public int Id { get; set; }
    public required string Name { get; set; }
    public bool Admin { get; set; }
    public string? Url { get; set; }
    public List<string> OAuthClientAllowedScopes { get; set; } = [];
    public JsonObject? Info { get; set; }
    public bool? Display { get; set; }
    public bool? OAuthNoConfirm { get; set; }
    public List<string>? Command { get; set; }
    public string? Cwd { get; set; }
    public JsonObject? Environment { get; set; }
    public string? User { get; set; }

    /// <summary>Seconds that the service may take to answer when it is added.</summary>
    public int Timeout { get; set; } = 30;

    public bool? FromConfig { get; set; }
    public int? ServerId { get; set; }
    public HubServer? Server { get; set; }
    public int? Pid { get; set; }
    public string? OAuthClientId { get; set; }
    public List<ServiceRole> Roles { get; } = [];

    /// <summary>Whether requests are forwarded to it: always if it runs by itself, else while its process runs.</summary>
    public bool IsRouted => Command is not { Count: > 0 } || Pid is > 0;
}
