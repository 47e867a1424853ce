using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Workspace.Hub;
using Workspace.Pages;

namespace Workspace.SignIn;

/// <summary>OAuth against the hub: sends a browser there, and takes it back with a code that buys its token.</summary>
internal sealed class SignInFlow(WorkspaceSettings settings, PendingSignIns pending, TokenCookie cookie, HubClient hub)
{
    /// <summary>Where the hub asks the visitor, with what this browser must bring back.</summary>
    public string Begin(HttpContext context)
    {
        var signIn = new PendingSignIn(RandomText(16), RandomText(32), LocalTarget.Of(context, settings.Prefix));
        pending.Add(context, signIn);
        var challenge = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(signIn.Verifier)));
        return QueryHelpers.AddQueryString(settings.HubPages + "api/oauth2/authorize", new Dictionary<string, string?>
        {
            ["client_id"] = settings.ClientId,
            ["redirect_uri"] = settings.CallbackUrl,
            ["response_type"] = "code",
            ["state"] = signIn.State,
            ["code_challenge"] = challenge,
            ["code_challenge_method"] = "S256",
        });
    }

    /// <summary>The hub sent the browser back. Nothing that it brings is believed before the state matches.</summary>
    public async Task<IResult> FinishAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var signIn = pending.Find(context.Request, query["state"].ToString());
        if (signIn is null)
        {
            return MessagePage.Show(settings, 403, "This sign-in is not yours or is too old", "Open your server again to sign in.");
        }

        pending.Clear(context);
        if (query["error"].ToString() is { Length: > 0 } error)
        {
            var reason = query["error_description"].ToString() is { Length: > 0 } text ? text : error;
            return MessagePage.Show(settings, 400, "The hub did not sign you in", reason);
        }

        if (query["code"].ToString() is not { Length: > 0 and <= 256 } code)
        {
            return MessagePage.Show(settings, 400, "The hub sent no code", "Open your server again to sign in.");
        }

        var token = await hub.ExchangeAsync(code, signIn.Verifier, context.RequestAborted);
        if (token is null)
        {
            return MessagePage.Show(settings, 403, "The hub refused this sign-in", "Open your server again to sign in.");
        }

        cookie.Write(context, token);
        return Results.Redirect(signIn.Next);
    }

    private static string RandomText(int bytes) => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(bytes));
}
