using System.Text.Json.Nodes;
using JupyterHub.Core.Authentication;

namespace JupyterHub.Core.Tests.Authentication;

/// <summary>One case of the XSRF group, played on the pure functions as the web layer plays requests on them.</summary>
internal sealed class XsrfMatrixCase
{
    private const string AdaSession = "11111111111111111111111111111111";
    private const string AdaSecondSession = "22222222222222222222222222222222";
    private const string GraceSession = "33333333333333333333333333333333";
    private const string AdaCookieId = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string GraceCookieId = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    private readonly XsrfTokens tokens;
    private readonly XsrfTokens earlier;
    private readonly string anonymousId;
    private readonly string kind;
    private readonly string who;
    private readonly string method;
    private readonly string path;
    private readonly JsonObject step;
    private readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> cookies = new(StringComparer.Ordinal);
    private string? argument;
    private string? cookiePrefix;

    public XsrfMatrixCase(string id, XsrfTokens earlier, XsrfTokens tokens, string anonymousId)
    {
        this.earlier = earlier;
        this.tokens = tokens;
        this.anonymousId = anonymousId;
        var parts = id.Split('|');
        (kind, who) = (parts[0], parts[4]);
        var axes = BrowserMatrix.Root["axes"]!;
        (method, path, step) = ((string)axes["kind"]![kind]![0]!, (string)axes["kind"]![kind]![1]!, axes["kind"]![kind]![2]!.AsObject());
        AddCookies();
        Merge(axes["site"]![parts[1]]!);
        Merge(axes["mode"]![parts[2]]!);
        Merge(axes["origin"]![parts[3]]!);
        Merge(axes["who"]![who]!);
        Merge(axes["xsrf"]![parts[5]]!);
    }

    /// <summary>The text of the refusal, null if the request may go on, and the token as far as it was asked for.</summary>
    public (string? Refusal, XsrfToken Token) Play()
    {
        var isApi = path.StartsWith("/hub/api/", StringComparison.Ordinal);
        var hasSession = who is "cookie" or "both" or "cookie+bad";
        var cookieCounts = hasSession && (!isApi || CookiePost.CookieCounts(method, ContentType()));
        var credential = isApi && who is "token" or "both" && isApi ? Credential.Token : cookieCounts ? Credential.Cookie : Credential.None;

        // A cookie user without a session id gets a new one, which no token fits.
        var sessionId = SessionId.Read(cookies.GetValueOrDefault(SessionId.CookieName));
        var id = credential == Credential.Cookie
            ? XsrfIds.OfUser(sessionId ?? SessionId.Create(), AdaCookieId)
            : (sessionId ?? "None") + anonymousId["None".Length..];
        var token = tokens.Get(CookieHeader(), id, headers.GetValueOrDefault("Sec-Fetch-Mode"));
        var mustCheck = XsrfPolicy.MustCheck(new XsrfRequest
        {
            IsApi = isApi,
            Method = method,
            Credential = credential,
            HasOrigin = headers.ContainsKey("Origin"),
            FetchMode = headers.GetValueOrDefault("Sec-Fetch-Mode"),
            FetchSite = headers.GetValueOrDefault("Sec-Fetch-Site"),
            IsExempt = kind is "version" or "unknown-api" || (kind == "make-token" && credential != Credential.Cookie),
        });
        var submitted = XsrfTokens.Submitted(argument, headers.GetValueOrDefault("X-Xsrftoken"), headers.GetValueOrDefault("X-Csrftoken"));
        return (mustCheck ? XsrfTokens.Refusal(method, submitted, token) : null, token);
    }

    private string? ContentType() => step.ContainsKey("j") ? "application/json" : step.ContainsKey("f") ? "application/x-www-form-urlencoded" : null;

    private string CookieHeader() => string.Join("; ", cookies.Select(pair => $"{pair.Key}={pair.Value}").Prepend(cookiePrefix).Where(part => part is not null));

    private void AddCookies()
    {
        if (who == "anon")
        {
            cookies[XsrfTokens.Name] = earlier.Create(anonymousId);
        }
        else if (who != "token")
        {
            cookies[SessionId.CookieName] = AdaSession;
            cookies[XsrfTokens.Name] = earlier.Create(XsrfIds.OfUser(AdaSession, AdaCookieId));
        }
    }

    private void Merge(JsonNode options)
    {
        foreach (var (name, value) in options["h"]?.AsObject() ?? [])
        {
            headers[name] = Fill((string)value!);
        }

        foreach (var pair in options["arg"]?.AsArray() ?? [])
        {
            argument = Fill((string)pair![1]!);
        }

        foreach (var (name, value) in options["set"]?.AsObject() ?? [])
        {
            cookies[name] = Fill((string)value!);
        }

        foreach (var name in options["drop"]?.AsArray() ?? [])
        {
            cookies.Remove((string)name!);
        }

        cookiePrefix = options.Text("cookie") is { } text ? Fill(text) : cookiePrefix;
    }

    private string Fill(string text) => text
        .Replace("{xsrf}", earlier.Create(who == "anon" ? anonymousId : XsrfIds.OfUser(AdaSession, AdaCookieId)), StringComparison.Ordinal)
        .Replace("{xsrf:ada.2}", earlier.Create(XsrfIds.OfUser(AdaSecondSession, AdaCookieId)), StringComparison.Ordinal)
        .Replace("{xsrf:grace}", earlier.Create(XsrfIds.OfUser(GraceSession, GraceCookieId)), StringComparison.Ordinal);
}
