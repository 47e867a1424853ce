using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Shares;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Where a share code leads to (contract 9, 11): what it gives is shown first, and given when the visitor agrees.</summary>
internal static class AcceptSharePage
{
    // Texts: "You can't share with yourself!", "Missing argument code", "Share not found or expired", "Invalid share code"
    private const string OwnServer = "You can't share with yourself!";

    public static async Task ShowAsync(HubRequest request)
    {
        // The address holds the code: what the page links to must not be told it.
        request.Http.Response.Headers["Referrer-Policy"] = "strict-origin";
        if (request.Query("code") is not { Length: > 0 } code)
        {
            await RefuseAsync(request, StatusCodes.Status400BadRequest, "Missing argument code");
        }
        else if (await request.Get<ShareExchange>().FindAsync(code, request.Known.Id, request.Aborted) is not { } invitation)
        {
            await RefuseAsync(request, StatusCodes.Status404NotFound, "Share not found or expired");
        }
        else if (invitation.OwnerId == request.Known.Id)
        {
            await RefuseAsync(request, StatusCodes.Status403Forbidden, OwnServer, invitation.Server);
        }
        else
        {
            request.Http.Features.Set(new AcceptShareView(code, invitation, NextAddress.Safe(request)));
            await request.Get<PageRunner>().RunAsync(request.Http, "AcceptShare");
        }
    }

    public static async Task AcceptAsync(HubRequest request)
    {
        var login = request.Login ?? throw HubHttpException.Forbidden("Sign in first.");
        var code = await request.FormValueAsync("code") ?? request.Query("code");
        if (string.IsNullOrEmpty(code) || await request.Get<ShareExchange>().AcceptAsync(code, login.User, request.Aborted) is not { } invitation)
        {
            await RefuseAsync(request, StatusCodes.Status400BadRequest, "Invalid share code");
            return;
        }

        if (invitation.OwnerId == login.User.Id)
        {
            await RefuseAsync(request, StatusCodes.Status400BadRequest, OwnServer, invitation.Server);
            return;
        }

        var next = await request.FormValueAsync("next") is { Length: > 0 } chosen ? chosen : request.Query("next");
        await request.RedirectAsync(NextAddress.Safe(request, next) ?? AddressOf(request.Addresses, invitation.Server));
    }

    public static string AddressOf(HubAddresses addresses, ServerName server) => PathNames.ServerPath(addresses.BasePath, server.Owner, server.Name);

    /// <param name="request">The request.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="reason">The text that clients of the original know.</param>
    /// <param name="ownServer">The visitor's own server, where that is the reason.</param>
    private static Task RefuseAsync(HubRequest request, int status, string reason, ServerName? ownServer = null)
    {
        request.Http.Features.Set(new AcceptShareRefusal(status, request.Get<PageTexts>()[reason], ownServer));
        return request.Get<PageRunner>().RunAsync(request.Http, "AcceptShareRefused");
    }
}
