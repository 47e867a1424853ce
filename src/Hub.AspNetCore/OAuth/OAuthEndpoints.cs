using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.OAuth;

namespace JupyterHub.AspNetCore.OAuth;

/// <summary>The OAuth2 provider over HTTP: the authorization page for browsers, the token endpoint for clients (contract 6).</summary>
internal static class OAuthEndpoints
{
    /// <summary>The consent form's button against it.</summary>
    public const string DenyField = "deny";

    public static void Map(HubRouteTable routes)
    {
        routes.Page("GET", "api/oauth2/authorize", Begin).ForOAuthClients();
        routes.Page("POST", "api/oauth2/authorize", Consent);

        // The client proves itself by its secret; no cookie is looked at.
        routes.Api("POST", "api/oauth2/token", Exchange).IgnoreCredentials()
            .Describe("Exchanges the code of an authorization for a token.").Takes("TokenRequest").Returns(200, "TokenAnswer");
    }

    private static async Task Begin(HubRequest request)
    {
        var result = await request.Get<AuthorizeOperation>().BeginAsync(Read(request, form: null), request.Aborted);
        await AnswerAsync(request, result);
    }

    private static async Task Consent(HubRequest request)
    {
        var form = await request.FormAsync();
        IReadOnlyList<string> scopes = form.TryGetValue("scopes", out var values) ? [.. values.OfType<string>()] : [];
        var (operation, asked) = (request.Get<AuthorizeOperation>(), Read(request, await request.RawTextAsync()));
        var result = form.ContainsKey(DenyField) ? await operation.DenyAsync(asked, request.Aborted) : await operation.ConsentAsync(asked, scopes, request.Aborted);
        await AnswerAsync(request, result);
    }

    private static AuthorizeRequest Read(HubRequest request, string? form) => new(
        request.Target.RawQuery.ToString(),
        form,
        request.Login ?? throw HubHttpException.Forbidden("Sign in first."),
        request.Known.SessionId ?? Sessions.Ensure(request));

    private static Task AnswerAsync(HubRequest request, AuthorizeResult result)
    {
        switch (result)
        {
            case AuthorizeResult.Redirect redirect:
                return request.RedirectAsync(redirect.Location);
            case AuthorizeResult.Consent consent:
                request.Http.Features.Set(consent.Request);
                return request.Get<PageRunner>().RunAsync(request.Http, "Authorize");
            case AuthorizeResult.SignedOut:
                return request.RedirectAsync(LoginAddress.For(request));
            case AuthorizeResult.Fatal fatal:
                throw new HubHttpException(fatal.Status, fatal.Message);
            default:
                throw new InvalidOperationException($"There is no answer for {result.GetType().Name}.");
        }
    }

    private static async Task Exchange(HubRequest request)
    {
        var query = request.Target.RawQuery.ToString();
        var result = await request.Get<TokenExchangeOperation>().ExecuteAsync(query, await request.RawTextAsync(), request.Aborted);
        OAuthAnswers.ForbidStoring(request);
        if (result is TokenExchangeResult.Success issued)
        {
            await request.JsonAsync(200, new JsonObject
            {
                ["access_token"] = issued.AccessToken,
                ["expires_in"] = issued.ExpiresIn,
                ["token_type"] = TokenExchangeResult.Success.TokenType,
                ["scope"] = issued.Scope,
            });
        }
        else if (result is TokenExchangeResult.Failure failure)
        {
            await OAuthAnswers.FailAsync(request, failure);
        }
    }
}
