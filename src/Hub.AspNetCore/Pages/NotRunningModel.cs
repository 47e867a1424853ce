using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Somebody followed a link into a server that does not run.</summary>
internal sealed class NotRunningModel(ServerViews views) : HubPageModel
{
    private string userName = "";

    public string ServerLabel => userName;

    public bool CanStart => Hub.Known.Allows("servers", Resource.Server(userName, ""));

    public string SpawnUrl => $"{views.PageOf("spawn", userName, "")}?next={Uri.EscapeDataString(ServerGate.AddressOf(Hub))}";

    public void OnGet() => userName = Hub.Value("user");
}
