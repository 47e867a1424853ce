using JupyterHub.AspNetCore.Pages.Sharing;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Asks whether an invitation to somebody's server is accepted.</summary>
internal sealed class AcceptShareModel(ServerSupervisor supervisor, ServerPermissions permissions) : HubPageModel
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

    /// <summary>True if there is nothing left to accept.</summary>
    public bool IsAccepted => View.Invitation.IsAccepted;

    public IReadOnlyList<string> Permissions => permissions.Describe(View.Invitation.Scopes);
}
