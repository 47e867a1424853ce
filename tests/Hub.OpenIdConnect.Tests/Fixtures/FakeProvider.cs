using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace JupyterHub.OpenIdConnect.Tests.Fixtures;

/// <summary>An OpenID Connect provider on this machine that can be told to misbehave.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    public const string ClientId = "the-hub";
    public const string ClientSecret = "secret of the hub at the provider & <more>";

    private readonly ConcurrentDictionary<string, Grant> grants = new();
    private readonly WebApplication app;

    private FakeProvider(WebApplication app)
    {
        this.app = app;
        app.MapGet("/.well-known/openid-configuration", context => AnswerAsync(context, "discovery", Discovery()));
        app.MapGet("/keys", context => AnswerAsync(context, "keys", Signer.Published()));
        app.MapGet("/authorize", AuthorizeAsync);
        app.MapPost("/authorize", context => { SendBack(context); return Task.CompletedTask; });
        app.MapPost("/token", TokenAsync);
        app.MapGet("/userinfo", UserInfoAsync);
    }

    public string Issuer => app.Urls.First();

    public Signer Signer { get; } = new();

    /// <summary>Who sits at the browser.</summary>
    public JsonObject Person { get; set; } = new() { ["sub"] = "1001", ["preferred_username"] = "ada", ["name"] = "Ada Lovelace" };

    /// <summary>Changes header and claims of an id token before it is signed.</summary>
    public Action<JsonObject, JsonObject>? Tamper { get; set; }

    /// <summary>Makes another token out of a finished one.</summary>
    public Func<string, string>? TamperText { get; set; }

    /// <summary>Changes a document: <c>discovery</c>, <c>keys</c>, <c>token</c> or <c>userinfo</c>.</summary>
    public Action<string, JsonObject>? Change { get; set; }

    /// <summary>Answers a document otherwise; true where it has.</summary>
    public Func<string, HttpContext, Task<bool>>? Answer { get; set; }

    /// <summary>Changes the parameters that go back to the hub.</summary>
    public Action<Dictionary<string, string?>>? ChangeReturn { get; set; }

    /// <summary>Show a page with a button first, as a person meets it.</summary>
    public bool AsksFirst { get; set; }

    public bool SendsIssuer { get; set; }

    /// <summary>Answers by document.</summary>
    public ConcurrentDictionary<string, int> Counts { get; } = new();

    /// <summary>What people were sent here with, the last time.</summary>
    public IQueryCollection? LastRequest { get; private set; }

    /// <summary>The last token request, as it was sent.</summary>
    public IFormCollection? LastTokenRequest { get; private set; }

    /// <summary>Every secret that was given out.</summary>
    public ConcurrentBag<string> Secrets { get; } = [ClientSecret];

    public static async Task<FakeProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var provider = new FakeProvider(builder.Build());
        await provider.app.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private JsonObject Discovery() => new()
    {
        ["issuer"] = Issuer,
        ["authorization_endpoint"] = $"{Issuer}/authorize",
        ["token_endpoint"] = $"{Issuer}/token",
        ["jwks_uri"] = $"{Issuer}/keys",
        ["userinfo_endpoint"] = $"{Issuer}/userinfo",
        ["authorization_response_iss_parameter_supported"] = SendsIssuer,
    };

    private async Task AuthorizeAsync(HttpContext context)
    {
        LastRequest = context.Request.Query;
        if (!AsksFirst)
        {
            SendBack(context);
            return;
        }

        context.Response.ContentType = "text/html";
        await context.Response.WriteAsync("<!doctype html><title>Provider</title><form method=post><button id=yes>It is me</button></form>");
    }

    private void SendBack(HttpContext context)
    {
        var query = context.Request.Query;
        var code = Guid.NewGuid().ToString("N");
        Secrets.Add(code);
        grants[code] = new Grant(query["redirect_uri"]!, query["nonce"], query["code_challenge"], (JsonObject)Person.DeepClone());
        var parameters = new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"] };
        if (SendsIssuer)
        {
            parameters["iss"] = Issuer;
        }

        ChangeReturn?.Invoke(parameters);
        context.Response.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"]!, parameters));
    }

    private async Task TokenAsync(HttpContext context)
    {
        var form = LastTokenRequest = await context.Request.ReadFormAsync();
        var basic = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{Uri.EscapeDataString(ClientSecret)}"))}";
        var isClient = form["client_id"] == ClientId && (form["client_secret"] == ClientSecret || context.Request.Headers.Authorization == basic);
        if (!isClient || !grants.TryRemove(form["code"].ToString(), out var grant) || grant.RedirectUri != form["redirect_uri"] || !grant.Fits(form["code_verifier"]))
        {
            context.Response.StatusCode = 400;
            await AnswerAsync(context, "refusal", new JsonObject { ["error"] = "invalid_grant", ["error_description"] = "no\r\nsuch code" });
            return;
        }

        var accessToken = Guid.NewGuid().ToString("N");
        Secrets.Add(accessToken);
        grants[accessToken] = grant;
        var idToken = IdToken(grant, accessToken);
        Secrets.Add(idToken);
        await AnswerAsync(context, "token", new JsonObject
        {
            ["access_token"] = accessToken, ["token_type"] = "Bearer", ["expires_in"] = 300, ["refresh_token"] = $"refresh-{accessToken}", ["id_token"] = idToken,
        });
    }

    private string IdToken(Grant grant, string accessToken)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var header = Signer.Header();
        var claims = (JsonObject)grant.Person.DeepClone();
        claims["iss"] = Issuer;
        claims["aud"] = ClientId;
        claims["iat"] = now;
        claims["exp"] = now + 300;
        claims["nonce"] = grant.Nonce;
        claims["at_hash"] = Signer.HashOf(accessToken);
        Tamper?.Invoke(header, claims);
        var token = Signer.Sign(header, claims);
        return TamperText?.Invoke(token) ?? token;
    }

    private async Task UserInfoAsync(HttpContext context)
    {
        var token = context.Request.Headers.Authorization.ToString().Split(' ')[^1];
        if (!grants.TryGetValue(token, out var grant))
        {
            context.Response.StatusCode = 401;
            return;
        }

        var info = (JsonObject)grant.Person.DeepClone();
        info["picture"] = "https://pictures.example/ada.png";
        info["realm_access"] = new JsonObject { ["roles"] = new JsonArray("student", "hub-admin") };
        await AnswerAsync(context, "userinfo", info);
    }

    private async Task AnswerAsync(HttpContext context, string document, JsonObject body)
    {
        Counts.AddOrUpdate(document, 1, (_, count) => count + 1);
        if (Answer is { } answer && await answer(document, context))
        {
            return;
        }

        Change?.Invoke(document, body);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString());
    }

    private sealed record Grant(string RedirectUri, string? Nonce, string? Challenge, JsonObject Person)
    {
        public bool Fits(string? verifier) => string.IsNullOrEmpty(Challenge)
            || (verifier is not null && Challenge == WebEncoders.Base64UrlEncode(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
    }
}
