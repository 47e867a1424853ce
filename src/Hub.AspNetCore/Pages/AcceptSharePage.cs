using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Shares;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Where a share code leads to (contract 9, 11): what it gives is shown first, and given when the visitor agrees.</summary>
internal static class AcceptSharePage
{
    private const string OwnServer = "You can't share with yourself!";

    public static async Task ShowAsync(HubRequest request)
    {
        var code = request.Query("code") ?? throw MissingCode();
        var invitation = await request.Get<ShareExchange>().FindAsync(code, request.Aborted) ?? throw HubHttpException.NotFound("Share not found or expired");
        if (invitation.OwnerId == request.Known.Id)
        {
            throw HubHttpException.Forbidden(OwnServer);
        }

        // The address holds the code: what the page links to must not be told it.
        request.Http.Response.Headers["Referrer-Policy"] = "strict-origin";
        request.Http.Features.Set(new AcceptShareView(code, invitation, NextAddress.Safe(request)));
        await request.Get<PageRunner>().RunAsync(request.Http, "AcceptShare");
    }

    public static async Task AcceptAsync(HubRequest request)
    {
        var code = await request.FormValueAsync("code") ?? request.Query("code") ?? throw MissingCode();
        var login = request.Login ?? throw HubHttpException.Forbidden("Sign in first.");
        var invitation = await request.Get<ShareExchange>().AcceptAsync(code, login.User, request.Aborted) ?? throw HubHttpException.BadRequest("Invalid share code");
        if (invitation.OwnerId == login.User.Id)
        {
            throw HubHttpException.BadRequest(OwnServer);
        }

        var next = await request.FormValueAsync("next") is { Length: > 0 } chosen ? chosen : request.Query("next");
        await request.RedirectAsync(NextAddress.Safe(request, next) ?? AddressOf(request.Addresses, invitation.Server));
    }

    public static string AddressOf(HubAddresses addresses, ServerName server) => PathNames.ServerPath(addresses.BasePath, server.Owner, server.Name);

    private static HubHttpException MissingCode() => HubHttpException.BadRequest("Missing argument code");
}
