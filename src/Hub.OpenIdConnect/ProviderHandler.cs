using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Logins;
using JupyterHub.AspNetCore.Requests;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JupyterHub.OpenIdConnect;

/// <summary>
/// The platform's OAuth handler (state, correlation cookie, PKCE, code exchange), with the hub's addresses, a nonce, and checks of what comes back. It ends where a
/// person is recognised: signing in is the hub's affair.
/// </summary>
internal sealed class ProviderHandler(HubRequest request, IOptionsMonitor<ProviderOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : OAuthHandler<ProviderOptions>(options, loggers, encoder)
{
    private const string NonceItem = "nonce";
    private const string NextItem = "next";

    private string authorizationEndpoint = "";
    private bool isUncorrelated;
    private JsonObject? authState;

    private ProviderLogin Login => Options.Login;

    /// <summary>Sends the browser to the provider.</summary>
    /// <exception cref="LoginProblemException">The provider cannot be asked for its address.</exception>
    public async Task StartAsync(string? next)
    {
        authorizationEndpoint = await Login.AuthorizationEndpointAsync(Context.RequestAborted);
        var properties = new AuthenticationProperties { RedirectUri = "/", IssuedUtc = TimeProvider.GetUtcNow() };
        if (next is not null)
        {
            properties.Items[NextItem] = next;
        }

        if (Login.HasNonce)
        {
            properties.Items[NonceItem] = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        }

        await ChallengeAsync(properties);
    }

    /// <summary>Reads whom the provider sent back.</summary>
    public async Task<LoginReturn> ReturnAsync()
    {
        var began = Options.StateDataFormat.Unprotect(Request.Query["state"]);
        var next = began?.Items.TryGetValue(NextItem, out var wanted) == true ? wanted : null;
        try
        {
            var result = await HandleRemoteAuthenticateAsync();
            return result is { Succeeded: true, Principal: { } principal }
                ? LoginReturn.Of(principal, next) with { AuthState = authState }
                : Failed(next, isOurs: began is not null && !isUncorrelated);
        }
        catch (LoginProblemException problem)
        {
            return LoginReturn.Failed(problem.Failure, problem.Message, next);
        }
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        var parameters = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in Login.Client.AuthorizationParameters)
        {
            parameters[name] = value;
        }

        parameters["client_id"] = Options.ClientId;
        parameters["response_type"] = "code";
        parameters["redirect_uri"] = Login.ReturnUri(request);
        if (Login.Client.Scopes.Count > 0)
        {
            parameters["scope"] = string.Join(' ', Login.Client.Scopes);
        }

        if (properties.Items.TryGetValue(NonceItem, out var nonce))
        {
            parameters["nonce"] = nonce;
        }

        if (Options.UsePkce)
        {
            var verifier = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
            properties.Items[OAuthConstants.CodeVerifierKey] = verifier;
            parameters[OAuthConstants.CodeChallengeKey] = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
            parameters[OAuthConstants.CodeChallengeMethodKey] = OAuthConstants.CodeChallengeMethodS256;
        }

        parameters["state"] = Options.StateDataFormat.Protect(properties);
        return QueryHelpers.AddQueryString(authorizationEndpoint, parameters);
    }

    protected override bool ValidateCorrelationId(AuthenticationProperties properties)
    {
        var isOurs = base.ValidateCorrelationId(properties)
            && properties.IssuedUtc is { } began && TimeProvider.GetUtcNow() - began <= ProviderHandlers.Lifetime;
        isUncorrelated = !isOurs;
        return isOurs;
    }

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        await Login.CheckIssuerAsync(Single("iss"), Context.RequestAborted);
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = context.Code,
            ["redirect_uri"] = Login.ReturnUri(request),
            ["client_id"] = Options.ClientId,
        };
        if (context.Properties.Items.Remove(OAuthConstants.CodeVerifierKey, out var verifier) && verifier is not null)
        {
            form[OAuthConstants.CodeVerifierKey] = verifier;
        }

        var message = new HttpRequestMessage(HttpMethod.Post, await Login.TokenEndpointAsync(Context.RequestAborted));
        Authenticate(message, form);
        message.Content = new FormUrlEncodedContent(form);
        var tokens = await Login.Http.SendAsync(message, Context.RequestAborted);
        return OAuthTokenResponse.Success(JsonDocument.Parse(tokens.ToJsonString()));
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        var answer = (JsonObject)JsonNode.Parse(tokens.Response!.RootElement.GetRawText())!;
        if (!string.Equals(tokens.TokenType, "bearer", StringComparison.OrdinalIgnoreCase))
        {
            throw LoginProblemException.Rejected("the provider gave a token of an unknown type");
        }

        var nonce = properties.Items.TryGetValue(NonceItem, out var known) && known is not null ? known : "";
        var person = await Login.IdentifyAsync(answer, tokens.AccessToken!, nonce, Context.RequestAborted);
        authState = AuthStateOf(answer, person);
        return new AuthenticationTicket(person.Principal, properties, Scheme.Name);
    }

    /// <summary>The tokens and claims, in the form in which the original's authenticators keep them.</summary>
    private static JsonObject AuthStateOf(JsonObject tokens, ProviderAnswer person) => new()
    {
        ["access_token"] = tokens["access_token"]?.DeepClone(),
        ["refresh_token"] = tokens["refresh_token"]?.DeepClone(),
        ["id_token"] = tokens["id_token"]?.DeepClone(),
        ["scope"] = tokens["scope"]?.DeepClone(),
        ["expires_in"] = tokens["expires_in"]?.DeepClone(),
        ["user"] = person.Claims.DeepClone(),
    };

    private void Authenticate(HttpRequestMessage message, Dictionary<string, string> form)
    {
        if (Options.ClientSecret.Length == 0)
        {
            return;
        }

        if (Login.Client.SendSecretInHeader)
        {
            var pair = $"{Uri.EscapeDataString(Options.ClientId)}:{Uri.EscapeDataString(Options.ClientSecret)}";
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
        else
        {
            form["client_secret"] = Options.ClientSecret;
        }
    }

    private LoginReturn Failed(string? next, bool isOurs)
    {
        if (!isOurs)
        {
            return LoginReturn.Failed(LoginFailure.Expired, "this browser did not begin it, or too long ago", next);
        }

        return Single("error") switch
        {
            "access_denied" => LoginReturn.Failed(LoginFailure.Denied, "the provider says that access is denied", next),
            "temporarily_unavailable" or "server_error" => LoginReturn.Failed(LoginFailure.Unavailable, "the provider says that it cannot serve", next),
            not null => LoginReturn.Failed(LoginFailure.Rejected, "the provider answered with an error", next),
            null => LoginReturn.Failed(LoginFailure.Rejected, "the answer has no code, or brought no token", next),
        };
    }

    private string? Single(string name) => Request.Query[name] is [{ Length: > 0 } value] ? value : Request.Query[name].Count > 1 ? "(several)" : null;
}
