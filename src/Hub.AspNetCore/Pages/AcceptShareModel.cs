using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Asks whether an invitation to somebody's server is accepted.</summary>
internal sealed class AcceptShareModel(ServerSupervisor supervisor) : HubPageModel
{
    private AcceptShareView View => HttpContext.Features.Get<AcceptShareView>() ?? throw new InvalidOperationException("Only the endpoint of invitations shows this page.");

    public string Action => HubPath + "accept-share";

    public string Code => View.Code;

    public string? Next => View.Next;

    public string Visitor => Hub.Known.Name;

    public string Owner => View.Invitation.Server.Owner;

    public string ServerLabel => View.Invitation.Server.Name;

    public string Address => AcceptSharePage.AddressOf(Hub.Addresses, View.Invitation.Server);

    public bool IsReady => supervisor.GetStatus(Owner, ServerLabel).IsReady;

    /// <summary>The scopes without their filter, which is the same for all: this server.</summary>
    public IEnumerable<string> Scopes => View.Invitation.Scopes.Select(scope => scope.Split('!', 2)[0]);
}
