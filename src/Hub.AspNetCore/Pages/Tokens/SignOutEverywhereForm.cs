using JupyterHub.AspNetCore.Pages.Confirming;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Authentication;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Pages.Tokens;

/// <summary>Signs the visitor out in all browsers, this one too, after a question.</summary>
internal static class SignOutEverywhereForm
{
    public static async Task RunAsync(HubRequest request)
    {
        OwnTokens.RequireChange(request);
        var texts = request.Get<PageTexts>();
        if (await ConfirmModel.IsAnsweredAsync(request))
        {
            await request.Get<SignOutEverywhereOperation>().ExecuteAsync(request.Known.Name, mayChangeAdmins: true, request.Aborted);
            HubCookies.ClearAll(request);
            await request.RedirectAsync(request.Addresses.HubPath + "login", StatusCodes.Status303SeeOther);
            return;
        }

        await ConfirmModel.AskAsync(request, new ConfirmView
        {
            Title = texts["Sign out everywhere?"],
            Question = texts["You will be signed out in every browser, this one too, and in the servers and applications that you use there. Your servers keep running, and the tokens that you asked for stay."],
            Button = texts["Sign out everywhere"],
            CancelUrl = request.Addresses.HubPath + "token",
        });
    }
}
