using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;

namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>The forms of a server's sharing page have one address, since more segments could be names. Whoever gets here holds <c>shares</c> for the server.</summary>
internal static class ServerSharingForms
{
    public static async Task RunAsync(HubRequest request) => await (await request.FormValueAsync("do") switch
    {
        "share" => ShareForm.RunAsync(request),
        "change" => RecipientForms.ChangeAsync(request),
        "remove" => RecipientForms.RemoveAsync(request),
        "link" => LinkForms.MakeAsync(request),
        "revoke" => LinkForms.RevokeAsync(request),
        "stop" => StopSharingForm.RunAsync(request),
        _ => throw HubHttpException.BadRequest("The form does not say what to do."),
    });
}
