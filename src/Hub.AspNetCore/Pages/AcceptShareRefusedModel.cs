using JupyterHub.AspNetCore.Pages.Sharing;
using JupyterHub.Core.Shares;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Says why an invitation cannot be accepted, and what to do instead.</summary>
internal sealed class AcceptShareRefusedModel : HubPageModel
{
    private AcceptShareRefusal Refusal =>
        HttpContext.Features.Get<AcceptShareRefusal>() ?? throw new InvalidOperationException("Only the endpoint of invitations shows this page.");

    public string Reason => Refusal.Reason;

    public ServerName? OwnServer => Refusal.OwnServer;

    public bool MayReadSharing => OwnServer is { } server && Allows("read:shares", server.Resource);

    public string SharingUrl => SharingTarget.PathOf(Hub, OwnServer!);

    public IActionResult OnGet() => PageWith(Refusal.Status);

    public IActionResult OnPost() => PageWith(Refusal.Status);
}
