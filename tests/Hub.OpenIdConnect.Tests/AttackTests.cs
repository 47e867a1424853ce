using System.Text;
using System.Text.Json.Nodes;
using JupyterHub.Core.Authentication.Identities;
using JupyterHub.OpenIdConnect.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.OpenIdConnect.Tests;

/// <summary>Providers, networks and people who mean no good: nobody is signed in, and the page says so in plain words.</summary>
public sealed class AttackTests
{
    private static readonly Dictionary<string, (string Reason, Action<FakeProvider> Prepare)> Tokens = new(StringComparer.Ordinal)
    {
        ["wrong nonce"] = ("belongs to another sign-in", provider => provider.Tamper = (_, claims) => claims["nonce"] = "of-another-sign-in"),
        ["no nonce"] = ("belongs to another sign-in", provider => provider.Tamper = (_, claims) => claims.Remove("nonce")),
        ["nonce that is no text"] = ("belongs to another sign-in", provider => provider.Tamper = (_, claims) => claims["nonce"] = new JsonArray("x")),
        ["wrong issuer"] = ("InvalidIssuer", provider => provider.Tamper = (_, claims) => claims["iss"] = "https://evil.example"),
        ["issuer with a slash more"] = ("InvalidIssuer", provider => provider.Tamper = (_, claims) => claims["iss"] = $"{provider.Issuer}/"),
        ["no issuer"] = ("InvalidIssuer", provider => provider.Tamper = (_, claims) => claims.Remove("iss")),
        ["wrong audience"] = ("InvalidAudience", provider => provider.Tamper = (_, claims) => claims["aud"] = "another-client"),
        ["no audience"] = ("InvalidAudience", provider => provider.Tamper = (_, claims) => claims.Remove("aud")),
        ["several audiences and no party"] = ("issued for another client", provider => provider.Tamper = (_, claims) => claims["aud"] = new JsonArray(FakeProvider.ClientId, "another-client")),
        ["another party"] = ("issued for another client", provider => provider.Tamper = (_, claims) => claims["azp"] = "another-client"),
        ["a party that is no text"] = ("issued for another client", provider => provider.Tamper = (_, claims) => claims["azp"] = 1),
        ["expired"] = ("InvalidLifetime", provider => provider.Tamper = (_, claims) => claims["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 120),
        ["no expiry"] = ("InvalidLifetime", provider => provider.Tamper = (_, claims) => claims.Remove("exp")),
        ["expiry beyond all numbers"] = ("cannot be read", provider => provider.Tamper = (_, claims) => claims["exp"] = 1e300),
        ["not valid yet"] = ("InvalidLifetime", provider => provider.Tamper = (_, claims) => claims["nbf"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 600),
        ["no subject"] = ("names nobody", provider => provider.Tamper = (_, claims) => claims.Remove("sub")),
        ["subject that is no text"] = ("names nobody", provider => provider.Tamper = (_, claims) => claims["sub"] = 1001),
        ["another access token"] = ("belongs to another access token", provider => provider.Tamper = (_, claims) => claims["at_hash"] = Signer.HashOf("another")),
        ["hash that is no text"] = ("belongs to another access token", provider => provider.Tamper = (_, claims) => claims["at_hash"] = 1),
        ["demands an extension"] = ("demands an extension", provider => provider.Tamper = (header, _) => header["crit"] = new JsonArray("x")),
        ["alg none"] = ("not signed by an algorithm", provider => provider.TamperText = token => $"{Signer.Encode(new JsonObject { ["alg"] = "none", ["typ"] = "JWT" })}.{token.Split('.')[1]}."),
        ["alg None"] = ("not signed by an algorithm", provider => provider.TamperText = token => $"{Signer.Encode(new JsonObject { ["alg"] = "None" })}.{token.Split('.')[1]}."),
        ["no alg"] = ("not signed by an algorithm", provider => provider.TamperText = token => $"{Signer.Encode(new JsonObject { ["typ"] = "JWT" })}.{token.Split('.')[1]}.{token.Split('.')[2]}"),
        ["HS256 with the public key"] = ("not signed by an algorithm", provider => provider.TamperText = token => Signer.WithSharedSecret(token, Encoding.ASCII.GetBytes(provider.Signer.PublicPem))),
        ["HS256 with the client secret"] = ("not signed by an algorithm", provider => provider.TamperText = token => Signer.WithSharedSecret(token, Encoding.ASCII.GetBytes(FakeProvider.ClientSecret))),
        ["signature stripped"] = ("InvalidSignature", provider => provider.TamperText = token => $"{token[..(token.LastIndexOf('.') + 1)]}"),
        ["two parts"] = ("no signed token", provider => provider.TamperText = token => token[..token.LastIndexOf('.')]),
        ["five parts"] = ("no signed token", provider => provider.TamperText = token => $"{token}.a.b"),
        ["claims changed after signing"] = ("InvalidSignature", provider => provider.TamperText = token => Replaced(token, claims => claims["sub"] = "1")),
        ["another key under the same name"] = ("InvalidSignature", provider => provider.TamperText = _ => ByAnotherKey(provider, _ => { })),
        ["a key that the token brings itself"] = ("InvalidSignature", provider => provider.TamperText = _ => ByAnotherKey(provider, header => header["jwk"] = OtherKey!.Published()["keys"]![0]!.DeepClone())),
        ["not a token"] = ("cannot be read", provider => provider.TamperText = _ => "a.b.c"),
        ["no text at all"] = ("gave no id token", provider => provider.Change = (document, body) => { if (document == "token") { body["id_token"] = 7; } }),
        ["no id token"] = ("gave no id token", provider => provider.Change = (document, body) => { if (document == "token") { body.Remove("id_token"); } }),
        ["no access token"] = ("no code, or brought no token", provider => provider.Change = (document, body) => { if (document == "token") { body.Remove("access_token"); } }),
        ["another kind of token"] = ("unknown type", provider => provider.Change = (document, body) => { if (document == "token") { body["token_type"] = "mac"; } }),
        ["endless id token"] = ("no signed token", provider => provider.TamperText = token => token + new string('x', 70_000)),
        ["somebody else at userinfo"] = ("speaks of somebody else", provider => provider.Change = (document, body) => { if (document == "userinfo") { body["sub"] = "1"; } }),
        ["nobody at userinfo"] = ("speaks of somebody else", provider => provider.Change = (document, body) => { if (document == "userinfo") { body.Remove("sub"); } }),
        ["no key set"] = ("cannot be read", provider => provider.Change = (document, body) => { if (document == "keys") { body["keys"] = "none"; } }),
        ["no keys"] = ("does not publish", provider => provider.Change = (document, body) => { if (document == "keys") { body["keys"] = new JsonArray(); } }),
        ["keys for encryption"] = ("does not publish", provider => provider.Change = (document, body) => { if (document == "keys") { body["keys"]![0]!["use"] = "enc"; } }),
        ["a symmetric key"] = ("does not publish", provider => provider.Change = (document, body) => { if (document == "keys") { body["keys"] = new JsonArray(new JsonObject { ["kty"] = "oct", ["k"] = "c2VjcmV0", ["kid"] = provider.Signer.KeyId }); } }),
        ["a weak key"] = ("does not publish", provider => provider.Signer.Rotate(1024)),
        ["huge token answer"] = ("answered too much", provider => provider.Answer = (document, context) => HugeAsync(document == "token", context)),
        ["huge userinfo"] = ("answered too much", provider => provider.Answer = (document, context) => HugeAsync(document == "userinfo", context)),
        ["token answer that is no JSON"] = ("answered no JSON", provider => provider.Answer = (document, context) => TextAsync(document == "token", context, "<html>")),
        ["token answer that is a list"] = ("no JSON object", provider => provider.Answer = (document, context) => TextAsync(document == "token", context, "[]")),
        ["token answer that is too deep"] = ("answered no JSON", provider => provider.Answer = (document, context) => TextAsync(document == "token", context, new string('[', 5000))),
        ["claims that are there twice"] = ("the id token", provider => provider.TamperText = token => provider.Signer.Resign(token, claims => claims.Insert(1, "\"sub\":\"1\","))),
        ["claims with half a letter"] = ("the id token", provider => provider.TamperText = token => provider.Signer.Resign(token, claims => claims.Insert(1, "\"nickname\":\"\\ud800\","))),
        ["token answer with members that are there twice"] = ("answered no JSON", provider => provider.Answer = (document, context) => TextAsync(document == "token", context, "{\"token_type\":\"Bearer\",\"access_token\":\"a\",\"access_token\":\"b\"}")),
        ["userinfo with members that are there twice"] = ("answered no JSON", provider => provider.Answer = (document, context) => TextAsync(document == "userinfo", context, "{\"sub\":\"1\",\"sub\":\"1001\"}")),
        ["userinfo with half a letter"] = ("answered no JSON", provider => provider.Answer = (document, context) => TextAsync(document == "userinfo", context, "{\"sub\":\"\\ud800\"}")),
        ["token answer leads elsewhere"] = ("answered 302", provider => provider.Answer = (document, context) => RedirectAsync(document == "token", context)),
        ["userinfo leads elsewhere"] = ("answered 302", provider => provider.Answer = (document, context) => RedirectAsync(document == "userinfo", context)),
    };

    private static readonly Signer OtherKey = MakeOtherKey();

    public static TheoryData<string> TokenAttacks => [.. Tokens.Keys];

    [Theory]
    [MemberData(nameof(TokenAttacks))]
    public async Task An_answer_that_is_not_right_signs_nobody_in(string attack)
    {
        var logs = new CapturedLogs();
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider, configure: setup => setup.Logs = logs);
        Tokens[attack].Prepare(provider);
        var browser = host.Browser();
        using var answer = await browser.SignInByAsync(next: "/hub/home");
        var page = await browser.AssertRefusedAsync(answer);

        Assert.Equal("strict-origin", answer.Header("Referrer-Policy"));
        Assert.Contains("What Fake & Sons answered cannot be accepted", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/hub/login/fake?next=%2Fhub%2Fhome\"", page, StringComparison.Ordinal);
        Assert.Empty(await host.Data.ListAsync<ExternalIdentity>());
        var told = Assert.Single(logs.Lines, line => line.EventId == 6050);
        Assert.Contains(Tokens[attack].Reason, told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(logs.Lines, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
    }

    [Theory]
    [InlineData("access_denied", "cancelled or refused")]
    [InlineData("server_error", "cannot be reached")]
    [InlineData("temporarily_unavailable", "cannot be reached")]
    [InlineData("invalid_scope", "cannot be accepted")]
    [InlineData("<script>alert(1)</script>\r\nfake log line", "cannot be accepted")]
    public async Task An_error_of_the_provider_is_told(string error, string words)
    {
        var logs = new CapturedLogs();
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider, configure: setup => setup.Logs = logs);
        provider.ChangeReturn = parameters =>
        {
            parameters.Remove("code");
            (parameters["error"], parameters["error_description"]) = (error, "<b>described</b>\nby somebody");
        };
        var browser = host.Browser();
        using var answer = await browser.SignInByAsync();
        var page = await browser.AssertRefusedAsync(answer);
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.DoesNotContain("alert(1)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("described", page, StringComparison.Ordinal);
        Assert.DoesNotContain(logs.Lines, line => line.Category.StartsWith("JupyterHub", StringComparison.Ordinal) && (line.Text.Contains("fake log", StringComparison.Ordinal) || line.Text.Contains("described", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_answer_counts_once_and_only_in_the_browser_that_asked()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider);
        var browser = host.Browser();
        var back = await browser.VisitProviderAsync();

        // Login CSRF: somebody is sent to an answer that belongs to the sender.
        var victim = host.Browser();
        using var stolen = await victim.GetAsync(back);
        Assert.Contains("another window or browser", await victim.AssertRefusedAsync(stolen), StringComparison.Ordinal);
        Assert.False(provider.Counts.ContainsKey("token"));

        using var first = await browser.GetAsync(back);
        Assert.Equal("ada", await browser.WhoAsync());
        foreach (var name in new[] { "jupyterhub-hub-login", "_xsrf", "jupyterhub-session-id" })
        {
            browser.Drop(name);
        }

        using var replayed = await browser.GetAsync(back);
        await browser.AssertRefusedAsync(replayed);
        Assert.Equal(1, provider.Counts["token"]);
    }

    [Fact]
    public async Task A_code_of_another_sign_in_is_worth_nothing()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider);
        var stolen = await host.Browser().VisitProviderAsync();
        var code = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(stolen.Split('?')[1])["code"].ToString();
        provider.ChangeReturn = parameters => parameters["code"] = code;
        var attacker = host.Browser();
        using var answer = await attacker.SignInByAsync();
        await attacker.AssertRefusedAsync(answer);
    }

    [Fact]
    public async Task Without_PKCE_the_nonce_still_binds_a_code_to_its_sign_in()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider, login => login.UsePkce = false);
        var stolen = await host.Browser().VisitProviderAsync();
        var code = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(stolen.Split('?')[1])["code"].ToString();
        provider.ChangeReturn = parameters => parameters["code"] = code;
        var attacker = host.Browser();
        using var answer = await attacker.SignInByAsync();
        await attacker.AssertRefusedAsync(answer);
        Assert.Equal(1, provider.Counts["token"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("state=")]
    [InlineData("state=x&code=y")]
    [InlineData("code=y")]
    [InlineData("error=access_denied")]
    [InlineData("state=x&state=y&code=1&code=2")]
    public async Task An_answer_that_nobody_asked_for_is_refused(string query)
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider);
        var browser = host.Browser();
        using var answer = await browser.GetAsync($"/hub/login/fake/callback?{query}");
        await browser.AssertRefusedAsync(answer);
        Assert.Empty(provider.Counts);
    }

    [Fact]
    public async Task An_answer_with_two_codes_is_refused()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider);
        var browser = host.Browser();
        var back = await browser.VisitProviderAsync();
        using var answer = await browser.GetAsync($"{back}&code=another");
        await browser.AssertRefusedAsync(answer);
    }

    [Fact]
    public async Task A_sign_in_that_takes_too_long_has_to_begin_again()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider, configure: setup =>
            setup.LateServices = builder => builder.Services.AddSingleton<TimeProvider>(new ShiftedTime()));
        var browser = host.Browser();
        var back = await browser.VisitProviderAsync();
        ((ShiftedTime)host.Get<TimeProvider>()).Shift(TimeSpan.FromMinutes(16));
        using var answer = await browser.GetAsync(back);
        Assert.Contains("took too long", await browser.AssertRefusedAsync(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("discovery")]
    [InlineData("token")]
    [InlineData("userinfo")]
    public async Task A_provider_that_does_not_answer_is_not_waited_for_without_end(string document)
    {
        await using var provider = await FakeProvider.StartAsync();
        var time = new HeldTime(119);
        await using var host = await LoginHub.StartAsync(
            provider, login => login.Timeout = 119, setup => setup.LateServices = builder => builder.Services.AddSingleton<TimeProvider>(time));
        var isAsked = new TaskCompletionSource();
        provider.Answer = async (asked, context) =>
        {
            if (asked == document)
            {
                isAsked.TrySetResult();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            }

            return asked == document;
        };
        var browser = host.Browser();
        var asking = document == "discovery" ? browser.GetAsync("/hub/login/fake") : browser.SignInByAsync();
        await Eventually.Within(isAsked.Task);
        Assert.False(asking.IsCompleted);
        await time.EndAsync(119);
        using var answer = await asking;
        Assert.Contains("cannot be reached", await browser.AssertRefusedAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_is_gone_is_told_and_does_not_keep_the_hub_from_starting()
    {
        var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider);
        await provider.DisposeAsync();
        var browser = host.Browser();
        using var answer = await browser.GetAsync("/hub/login/fake");
        Assert.Contains("cannot be reached", await browser.AssertRefusedAsync(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("issuer", "https://evil.example")]
    [InlineData("authorization_endpoint", "http://evil.example/authorize")]
    [InlineData("token_endpoint", "http://evil.example/token")]
    [InlineData("jwks_uri", "file:///etc/passwd")]
    [InlineData("userinfo_endpoint", "ftp://evil.example/")]
    [InlineData("authorization_endpoint", "javascript:alert(1)")]
    [InlineData("token_endpoint", "https://user:password@evil.example/")]
    public async Task A_discovery_document_that_leads_astray_is_refused(string name, string value)
    {
        await using var provider = await FakeProvider.StartAsync();
        provider.Change = (document, body) =>
        {
            if (document == "discovery")
            {
                body[name] = value;
            }
        };
        await using var host = await LoginHub.StartAsync(provider);
        var browser = host.Browser();
        using var answer = await browser.GetAsync("/hub/login/fake");
        await browser.AssertRefusedAsync(answer);
    }

    [Theory]
    [InlineData("https://localhost/")]
    [InlineData("http://127.0.0.1:6379/")]
    [InlineData("http://[::1]:8081/api/routes")]
    public void A_provider_elsewhere_does_not_make_the_hub_ask_its_own_machine(string address)
    {
        foreach (var name in new[] { "token_endpoint", "jwks_uri", "userinfo_endpoint", "authorization_endpoint" })
        {
            var document = new JsonObject
            {
                ["issuer"] = "https://provider.example",
                ["authorization_endpoint"] = "https://provider.example/authorize",
                ["token_endpoint"] = "https://provider.example/token",
                ["jwks_uri"] = "https://keys.example/",
            };
            Assert.NotNull(ProviderMetadata.Read(document, "https://provider.example"));
            document[name] = address;
            Assert.Throws<LoginProblemException>(() => ProviderMetadata.Read(document, "https://provider.example"));
        }
    }

    [Theory]
    [InlineData("https://evil.example", false)]
    [InlineData("", true)]
    [InlineData(null, true)]
    [InlineData("https://evil.example", true)]
    public async Task RFC_9207_an_answer_of_another_provider_is_refused(string? issuer, bool isPromised)
    {
        await using var provider = await FakeProvider.StartAsync();
        provider.SendsIssuer = isPromised;
        provider.ChangeReturn = parameters =>
        {
            parameters.Remove("iss");
            if (issuer is not null)
            {
                parameters["iss"] = issuer;
            }
        };
        await using var host = await LoginHub.StartAsync(provider);
        var browser = host.Browser();
        using var answer = await browser.SignInByAsync();
        await browser.AssertRefusedAsync(answer);
        Assert.False(provider.Counts.ContainsKey("token"));
        provider.ChangeReturn = null;
        using var right = await browser.SignInByAsync();
        Assert.Equal("ada", await browser.WhoAsync());
    }

    [Fact]
    public async Task Pictures_and_scripts_of_other_sites_begin_no_sign_in()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider);
        using var answer = await host.Browser().GetAsync("/hub/login/fake", ("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain(SetCookie.Of(answer), cookie => cookie.Name.StartsWith("jupyterhub-login-", StringComparison.Ordinal));
    }

    private static Signer MakeOtherKey()
    {
        var signer = new Signer();
        signer.Rotate();
        return signer;
    }

    private static string ByAnotherKey(FakeProvider provider, Action<JsonObject> change)
    {
        var header = provider.Signer.Header();
        change(header);
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return OtherKey.Sign(header, new JsonObject
        {
            ["iss"] = provider.Issuer, ["aud"] = FakeProvider.ClientId, ["sub"] = "1001", ["exp"] = now + 300, ["iat"] = now, ["nonce"] = provider.LastRequest!["nonce"].ToString(),
        });
    }

    private static string Replaced(string token, Action<JsonObject> change)
    {
        var parts = token.Split('.');
        var claims = (JsonObject)JsonNode.Parse(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(parts[1]))!;
        change(claims);
        return $"{parts[0]}.{Signer.Encode(claims)}.{parts[2]}";
    }

    private static async Task<bool> HugeAsync(bool applies, HttpContext context)
    {
        if (applies)
        {
            var chunk = new byte[64 * 1024];
            Array.Fill(chunk, (byte)' ');
            for (var sent = 0; sent < 64 && !context.RequestAborted.IsCancellationRequested; sent++)
            {
                await context.Response.Body.WriteAsync(chunk);
            }
        }

        return applies;
    }

    private static async Task<bool> TextAsync(bool applies, HttpContext context, string text)
    {
        if (applies)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(text);
        }

        return applies;
    }

    private static Task<bool> RedirectAsync(bool applies, HttpContext context)
    {
        if (applies)
        {
            context.Response.Redirect("/keys");
        }

        return Task.FromResult(applies);
    }
}
