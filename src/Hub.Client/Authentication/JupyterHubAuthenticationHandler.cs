using System.Text.Encodings.Web;
using JupyterHub.Client.ActivityTracking;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JupyterHub.Client.Authentication;

/// <summary>Knows visitors by a token of the hub, and sends browsers without one to sign in there.</summary>
internal sealed class JupyterHubAuthenticationHandler(
    IOptionsMonitor<JupyterHubAuthenticationOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ServiceSettings settings,
    Visitors visitors,
    SignInFlow signIn,
    TokenCookie cookie,
    IdentityCache identities,
    ProblemAnswers problems,
    HubActivity activity)
    : AuthenticationHandler<JupyterHubAuthenticationOptions>(options, logger, encoder), IAuthenticationRequestHandler, IAuthenticationSignOutHandler
{
    /// <summary>Takes the callback, whatever the app has mapped there.</summary>
    public async Task<bool> HandleRequestAsync()
    {
        if (!HttpMethods.IsGet(Request.Method) || !Request.Path.Equals(settings.CallbackPath, StringComparison.Ordinal))
        {
            return false;
        }

        Response.Headers.CacheControl = "no-store";
        HubSignInProblem? problem;
        try
        {
            problem = await signIn.FinishAsync(Context);
        }
        catch (JupyterHubException unavailable)
        {
            Log.Unavailable(Logger, unavailable);
            problem = ProblemAnswers.Unavailable(unavailable);
        }

        if (problem is not null)
        {
            Log.NotSignedIn(Logger, problem.Status, problem.Title);
            await problems.WriteAsync(Context, problem);
        }

        return true;
    }

    /// <summary>Forgets the visitor here; at the hub they stay signed in until they sign out there.</summary>
    public Task SignOutAsync(AuthenticationProperties? properties)
    {
        if (cookie.Read(Request) is { } token)
        {
            identities.Forget(token, Visitors.SessionOf(Request));
        }

        cookie.Clear(Context);
        return Task.CompletedTask;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        try
        {
            if (await visitors.FindAsync(Context) is not { } visitor)
            {
                return AuthenticateResult.NoResult();
            }

            activity.Note();
            var properties = new AuthenticationProperties();
            properties.StoreTokens([new AuthenticationToken { Name = JupyterHubDefaults.TokenName, Value = visitor.Token }]);
            return AuthenticateResult.Success(new AuthenticationTicket(HubClaims.Create(visitor.Identity, Scheme.Name), properties, Scheme.Name));
        }
        catch (Exception problem) when (problem is HubRefusalException or JupyterHubException)
        {
            // Pages that are open to everybody stay open; whoever needs a visitor challenges and learns why there is none.
            return AuthenticateResult.Fail(problem);
        }
    }

    /// <summary>A browser that opens a page goes to the hub and comes back; everybody else is told.</summary>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        switch (result.Failure)
        {
            case HubRefusalException refusal:
                await problems.WriteAsync(Context, new(StatusCodes.Status403Forbidden, refusal.Title, refusal.Message));
                return;
            case JupyterHubException unavailable:
                Log.Unavailable(Logger, unavailable);
                await problems.WriteAsync(Context, ProblemAnswers.Unavailable(unavailable));
                return;
        }

        if (!RequestKinds.IsNavigation(Context))
        {
            await problems.WriteAsync(Context, new(StatusCodes.Status403Forbidden, "Not signed in", "Missing or invalid credentials."));
            return;
        }

        if (cookie.IsPresent(Request))
        {
            cookie.Clear(Context);
        }

        Response.Headers.CacheControl = "no-store";
        Response.Redirect(signIn.Begin(Context, properties.RedirectUri));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        problems.WriteAsync(Context, new(StatusCodes.Status403Forbidden, "You may not do this", "Your permissions at the hub do not include this."));
}
