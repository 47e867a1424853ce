using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Workspace.Pages;

namespace Workspace.SignIn;

/// <summary>Knows visitors by a token of the hub, and sends browsers without one to sign in there.</summary>
internal sealed class HubAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    WorkspaceSettings settings,
    Visitors visitors,
    SignInFlow signIn)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "hub";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // What is open to everybody (version, style) must not wait for the hub.
        if (Context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is null)
        {
            return AuthenticateResult.NoResult();
        }

        var user = await visitors.FindAsync(Context);
        return user is null
            ? AuthenticateResult.NoResult()
            : AuthenticateResult.Success(new AuthenticationTicket(HubClaims.Of(user, SchemeName), SchemeName));
    }

    /// <summary>A browser that opens a page goes to the hub and comes back; everybody else is told.</summary>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (IsPage())
        {
            Response.Redirect(signIn.Begin(Context));
            return;
        }

        await Results.Json(new { status = 403, message = "Missing or invalid credentials." }, statusCode: 403).ExecuteAsync(Context);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var name = (await Context.AuthenticateAsync(SchemeName)).Principal?.FindFirstValue(ClaimTypes.Name);
        var result = IsPage()
            ? MessagePage.Show(settings, 403, "This is not your server", $"You are signed in as {name}, who may not open it.")
            : Results.Json(new { status = 403, message = "These credentials do not open this server." }, statusCode: 403);
        await result.ExecuteAsync(Context);
    }

    private bool IsPage() =>
        HttpMethods.IsGet(Request.Method)
        && Request.Headers.Authorization.Count == 0
        && !Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && Request.Headers["Sec-Fetch-Mode"].ToString() is "" or "navigate"
        && !Context.WebSockets.IsWebSocketRequest;
}
