using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Somebody followed a link into a server that does not run.</summary>
internal sealed class NotRunningModel(ServerViews views) : HubPageModel
{
    private ServerKey key;

    public string Owner => key.UserName;

    /// <summary>Empty for the default server.</summary>
    public string ServerName => key.ServerName;

    public bool CanStart => Hub.Known.Allows("servers", Resource.Server(key.UserName, key.ServerName));

    public string SpawnUrl => $"{views.PageOf("spawn", key.UserName, key.ServerName)}?next={Uri.EscapeDataString(ServerGate.AddressOf(Hub))}";

    public void OnGet() => key = HttpContext.Features.Get<MissingServer>()?.Key ?? new ServerKey(Hub.Value("user"), "");
}
