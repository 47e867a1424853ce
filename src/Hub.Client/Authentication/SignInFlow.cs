using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using JupyterHub.Client.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace JupyterHub.Client.Authentication;

/// <summary>OAuth against the hub: sends a browser there, and takes it back with a code that buys its token.</summary>
internal sealed class SignInFlow(ServiceSettings settings, PendingSignIns pending, TokenCookie cookie, IdentityCache identities, HubHttp http, TimeProvider time)
{
    private const int LongestCode = 1024;
    private readonly HubApi api = settings.Api(http, time);

    /// <summary>Where the hub asks the visitor, with what this browser must bring back.</summary>
    /// <param name="context">The request that needs a visitor.</param>
    /// <param name="next">Where to go on; null for the request itself.</param>
    public string Begin(HttpContext context, string? next)
    {
        var target = LocalTarget.IsLocal(next, settings.Prefix) ? next! : LocalTarget.Of(context, settings.Prefix);
        var signIn = new PendingSignIn(RandomText(16), RandomText(32), target);
        pending.Add(context, signIn);
        return QueryHelpers.AddQueryString(settings.HubPages + "api/oauth2/authorize", new Dictionary<string, string?>
        {
            ["client_id"] = settings.ClientId,
            ["redirect_uri"] = settings.CallbackUrl,
            ["response_type"] = "code",
            ["state"] = signIn.State,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(signIn.Verifier))),
            ["code_challenge_method"] = "S256",
        });
    }

    /// <summary>The hub sent the browser back. Nothing that it brings is believed before the state matches.</summary>
    /// <returns>What went wrong; null when the browser is signed in and sent on.</returns>
    public async Task<HubSignInProblem?> FinishAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (query["state"] is not [{ Length: > 0 and <= 100 } state] || pending.Take(context, state) is not { } signIn)
        {
            return new(403, "This sign-in is not yours or is too old", "Open the page again to sign in.");
        }

        if (query["error"].ToString() is { Length: > 0 } error)
        {
            return new(400, "The hub did not sign you in", ApiErrors.Shorten(query["error_description"].ToString() is { Length: > 0 } text ? text : error));
        }

        if (query["code"] is not [{ Length: > 0 and <= LongestCode } code])
        {
            return new(400, "The hub sent no code", "Open the page again to sign in.");
        }

        return await ExchangeAsync(code, signIn.Verifier, context.RequestAborted) is { } token
            ? await EnterAsync(context, token, signIn.Next)
            : new(403, "The hub refused this sign-in", "Open the page again to sign in.");
    }

    private async Task<HubSignInProblem?> EnterAsync(HttpContext context, string token, string next)
    {
        if (await identities.FindAsync(token, Visitors.SessionOf(context.Request), context.RequestAborted) is not { } identity)
        {
            return new(502, "The hub does not know its own token", "Open the page again to sign in.");
        }

        if (!identities.MayEnter(identity))
        {
            return new(403, "You may not enter", $"You are signed in as {identity.Name}, who may not use this.");
        }

        cookie.Write(context, token);
        context.Response.Redirect(next);
        return null;
    }

    /// <summary>The visitor's token; null when the hub refuses the code.</summary>
    private async Task<string?> ExchangeAsync(string code, string verifier, CancellationToken cancellation)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "authorization_code"),
            new("client_id", settings.ClientId),
            new("client_secret", settings.ApiToken),
            new("code", code),
            new("redirect_uri", settings.CallbackUrl),
            new("code_verifier", verifier),
        ]);
        try
        {
            var answer = await api.SendAsync(HttpMethod.Post, "/oauth2/token", form, HubJson.Default.TokenAnswer, cancellation);
            return answer.AccessToken is { Length: > 0 } token ? token : throw JupyterHubException.Unreadable();
        }
        catch (JupyterHubException refusal) when (refusal.Status is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    private static string RandomText(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
}
