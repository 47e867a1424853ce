using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace JupyterHub.AspNetCore.Tests.Conformance;

/// <summary>Plays the steps of one recorded case; the readme of browser-matrix.json describes them.</summary>
internal sealed partial class MatrixPlayer(BrowserMatrixHub hub)
{
    public const string UserAgent = "browser-matrix";

    private readonly Dictionary<string, HubBrowser> browsers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> saved = new(StringComparer.Ordinal);

    /// <summary>The answer to the last step.</summary>
    public async Task<HttpResponseMessage> PlayAsync(JsonArray steps)
    {
        HttpResponseMessage? answer = null;
        foreach (var step in steps)
        {
            var method = (string)step![0]!;
            if (method == "WAIT")
            {
                await hub.WaitAsync((string)step[1]!);
                continue;
            }

            answer?.Dispose();
            answer = await PlayAsync(method, (string)step[1]!, step[2]!.AsObject());
        }

        return answer!;
    }

    private async Task<HttpResponseMessage> PlayAsync(string method, string path, JsonObject options)
    {
        var session = (string?)options["as"];
        var browser = session is null ? hub.Host.Browser() : await BrowserAsync(session);
        var own = Change(browser, await SubstitutionsAsync(session), options, out var text);
        var pairs = Pairs(options["q"]);
        var form = options["f"] is null ? null : Pairs(options["f"]);
        (form ?? pairs).AddRange(Pairs(options["arg"]));
        var headers = Headers(options, text);
        var cookie = own.CookieHeader(path);
        if ((string?)options["cookie"] is { } first)
        {
            headers["Cookie"] = cookie.Length == 0 ? text(first) : $"{text(first)}; {cookie}";
        }

        var target = text(path) + (pairs.Count == 0 ? "" : (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + Encode(pairs, text));
        var answer = await own.SendAsync(method, target, Body(options, form, text, headers), [.. headers.Select(pair => (pair.Key, pair.Value))]);
        foreach (var (name, where) in options["save"]?.AsObject() ?? [])
        {
            await SaveAsync(name, (string)where!, answer);
        }

        return answer;
    }

    private async Task<HubBrowser> BrowserAsync(string session)
    {
        if (!browsers.TryGetValue(session, out var browser))
        {
            browsers[session] = browser = (await hub.SessionAsync(session)).Copy();
        }

        return browser;
    }

    private async Task<Func<string, string>> SubstitutionsAsync(string? session)
    {
        var own = session is null ? await hub.SessionAsync("ada") : await BrowserAsync(session);
        var others = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in new[] { "ada", "ada.2", "grace", "anon", "root", "barbara", "edsger" })
        {
            others[name] = (await hub.SessionAsync(name)).Cookie("_xsrf")!;
        }

        var ownToken = own.Cookie("_xsrf") ?? "";
        return text => Variable().Replace(text, match => match.Groups[1].Value switch
        {
            "xsrf" => ownToken,
            var name when name.StartsWith("xsrf:", StringComparison.Ordinal) => others[name[5..]],
            var name => saved.GetValueOrDefault(name) ?? hub.Variables.GetValueOrDefault(name) ?? match.Value,
        });
    }

    /// <summary>The browser with the cookies that this one request drops or replaces.</summary>
    private static HubBrowser Change(HubBrowser browser, Func<string, string> text, JsonObject options, out Func<string, string> substitute)
    {
        substitute = text;
        if (options["drop"] is null && options["set"] is null)
        {
            return browser;
        }

        var changed = browser.Copy();
        foreach (var name in RecordedHub.Texts(options["drop"]))
        {
            changed.Drop(name);
        }

        foreach (var (name, value) in options["set"]?.AsObject() ?? [])
        {
            changed.Drop(name);
            changed.SetCookie(name, text((string)value!), "/");
        }

        return changed;
    }

    private Dictionary<string, string> Headers(JsonObject options, Func<string, string> text)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["User-Agent"] = UserAgent,
            ["Accept"] = options["j"] is null ? "text/html" : "application/json",
        };
        if ((string?)options["tok"] is { } principal)
        {
            headers["Authorization"] = $"token {hub.Variables[$"token:{principal}"]}";
        }

        foreach (var (name, value) in options["h"]?.AsObject() ?? [])
        {
            headers[name] = text((string)value!);
        }

        return headers;
    }

    private static ByteArrayContent? Body(JsonObject options, List<(string Name, string Value)>? form, Func<string, string> text, Dictionary<string, string> headers)
    {
        // The header object of a body is another one than that of the request.
        headers.Remove("Content-Type", out var type);
        if (form is not null)
        {
            return Content(type ?? "application/x-www-form-urlencoded", Encode(form, text));
        }

        if (options["j"] is { } json)
        {
            return Content(type ?? "application/json", text(json.ToJsonString()));
        }

        if (options["raw"] is { } raw)
        {
            return Content((string?)raw[0], text((string)raw[1]!));
        }

        return type is null ? null : Content(type, "");
    }

    private static ByteArrayContent Content(string? type, string text)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        if (!string.IsNullOrEmpty(type))
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return content;
    }

    private static List<(string Name, string Value)> Pairs(JsonNode? list) =>
        [.. list?.AsArray().Select(pair => ((string)pair![0]!, (string)pair[1]!)) ?? []];

    private static string Encode(List<(string Name, string Value)> pairs, Func<string, string> text) =>
        string.Join('&', pairs.Select(pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(text(pair.Value))}"));

    private async Task SaveAsync(string name, string where, HttpResponseMessage answer)
    {
        if (where.StartsWith('?'))
        {
            var query = answer.Location() is { } location && location.Contains('?', StringComparison.Ordinal) ? location[location.IndexOf('?', StringComparison.Ordinal)..] : "";
            saved[name] = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query).TryGetValue(where[1..], out var value) ? value.ToString() : "none";
        }
        else if (answer.Content.Headers.ContentType?.MediaType == "application/json")
        {
            await answer.Content.LoadIntoBufferAsync();
            saved[name] = JsonNode.Parse(await answer.TextAsync())?[where]?.ToString() ?? "none";
        }
    }

    [GeneratedRegex(@"\{([a-z]+(?::[a-z0-9.]+)?)\}")]
    private static partial Regex Variable();
}
