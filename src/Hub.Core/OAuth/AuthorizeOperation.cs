using JupyterHub.Core.Authorization;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.OAuth;

/// <summary>The authorization endpoint (RFC 6749 section 4.1.1, contract 6.3 and 6.4) for somebody who is signed in.</summary>
internal sealed class AuthorizeOperation(
    IHubDatabase database,
    IAuthorities authorities,
    RequestedScopes scopes,
    AuthorizationCodes codes,
    JupyterHubOptions options,
    TimeProvider time,
    ILogger<AuthorizeOperation> logger)
{
    private const string Inherit = "inherit";

    /// <summary>GET: a code at once where nobody needs to be asked, else the consent page.</summary>
    public async Task<AuthorizeResult> BeginAsync(AuthorizeRequest request, CancellationToken cancellationToken)
    {
        var (refusal, prepared) = await PrepareAsync(request, consented: null, cancellationToken);
        if (prepared is null)
        {
            return refusal!;
        }

        var (authorization, allowed) = prepared;
        var now = time.GetHubTime();
        var mustAsk = await database.ReadAsync(
            (context, token) => ConsentRule.IsNeededAsync(context, authorization.Client, request.Login.User.Id, allowed, now, token),
            cancellationToken);
        return mustAsk ? AskFor(authorization, allowed) : await IssueAsync(request, authorization, allowed, cancellationToken);
    }

    /// <summary>POST: the user agreed. Everything is checked again, for time has passed and the form is only what a browser says.</summary>
    /// <param name="request">The request; its XSRF token was checked.</param>
    /// <param name="consented">The scopes of the form; none means that the client only learns who the user is.</param>
    /// <param name="cancellationToken">Cancels before a code is stored.</param>
    public async Task<AuthorizeResult> ConsentAsync(AuthorizeRequest request, IReadOnlyList<string> consented, CancellationToken cancellationToken)
    {
        var (refusal, prepared) = await PrepareAsync(request, consented.Count == 0 ? [RequestedScopes.Identify] : consented, cancellationToken);
        return prepared is null ? refusal! : await IssueAsync(request, prepared.Request, prepared.Scopes, cancellationToken);
    }

    /// <summary>POST: the user does not agree. The client is told (RFC 6749 section 4.1.2.1), if it is one and the address is its own.</summary>
    public async Task<AuthorizeResult> DenyAsync(AuthorizeRequest request, CancellationToken cancellationToken)
    {
        var (refusal, prepared) = await PrepareAsync(request, consented: null, cancellationToken);
        return prepared is null ? refusal! : prepared.Request.Refuse(OAuthErrorCode.AccessDenied);
    }

    private async Task<(AuthorizeResult? Refusal, Prepared? Prepared)> PrepareAsync(
        AuthorizeRequest request, IReadOnlyList<string>? consented, CancellationToken cancellationToken)
    {
        if (!OAuthParameters.TryRead(request.Query, request.Form, out var parameters))
        {
            return (AuthorizationRequestCheck.Fatal("Unable to parse query string"), null);
        }

        if (AuthorizationRequestCheck.BeforeClient(parameters) is { } early)
        {
            return (early, null);
        }

        var user = request.Login.User;
        var asked = consented ?? RequestedScopes.Parse(parameters["scope"]);
        var (client, requested) = await database.ReadAsync(
            async (context, token) =>
            {
                var client = await RegisteredClients.FindAsync(context, parameters["client_id"], token);
                return (client, client is null ? null : await scopes.FindAsync(context, asked ?? client.DefaultScopes, token));
            },
            cancellationToken);
        if (client is null)
        {
            return (AuthorizationRequestCheck.Fatal("Invalid client_id parameter value."), null);
        }

        if (AuthorizationRequestCheck.Redirect(parameters, client, out var redirectUri) is { } untrusted)
        {
            return (untrusted, null);
        }

        var authorization = new AuthorizationRequest(client, redirectUri, parameters);
        if (AuthorizationRequestCheck.AfterRedirect(authorization, options.OauthRequirePkce) is { } told)
        {
            return (told, null);
        }

        var authority = await authorities.OfUserAsync(user.Id, cancellationToken);
        return Resolve(authorization, requested, consented is not null, user.Name, authority);
    }

    private (AuthorizeResult? Refusal, Prepared? Prepared) Resolve(
        AuthorizationRequest request, IReadOnlySet<string>? requested, bool isConsent, string userName, Authority user)
    {
        if (requested is null || scopes.ForClient(requested, request.Client, userName, user) is not { } wanted)
        {
            Log.ScopeRefused(logger, LogText.Bound(request.Client.Row.Identifier));
            return (request.Refuse(OAuthErrorCode.InvalidScope), null);
        }

        if (ClientAccess.Check(request.Client, user) is { } denied)
        {
            Log.AccessDenied(logger, LogText.Bound(userName), LogText.Bound(request.Client.Row.Identifier));
            return (denied, null);
        }

        var resolution = scopes.ForUser(wanted, request.Client, userName, user);
        if (isConsent && resolution.Refused.Count > 0)
        {
            // The page offers only what the user holds: this form is not ours, or a permission went meanwhile.
            Log.ConsentExceeded(logger, LogText.Bound(userName), LogText.Bound(request.Client.Row.Identifier));
            return (request.Refuse(OAuthErrorCode.InvalidScope), null);
        }

        return (null, new Prepared(request, resolution.Allowed));
    }

    private static AuthorizeResult.Consent AskFor(AuthorizationRequest request, IReadOnlyList<string> allowed)
    {
        var offered = allowed.Contains(Inherit) ? [Inherit] : allowed.Order(StringComparer.Ordinal).ToList();
        return new AuthorizeResult.Consent(new ConsentRequest(
            request.Client.Row.Identifier,
            request.Client.Description,
            request.RedirectUri,
            offered,
            [.. offered.Except(request.Client.RequiredScopes)],
            request.Client.Owner?.Client.Resource));
    }

    private async Task<AuthorizeResult> IssueAsync(
        AuthorizeRequest request, AuthorizationRequest authorization, IReadOnlyList<string> allowed, CancellationToken cancellationToken)
    {
        var code = await codes.IssueAsync(authorization, request.Login, request.SessionId, allowed, cancellationToken);
        if (code is null)
        {
            return new AuthorizeResult.SignedOut();
        }

        Log.CodeIssued(logger, LogText.Bound(request.Login.User.Name), LogText.Bound(authorization.Client.Row.Identifier));
        return authorization.Grant(code);
    }

    private sealed record Prepared(AuthorizationRequest Request, IReadOnlyList<string> Scopes);
}
