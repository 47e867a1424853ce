using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace JupyterHub.AspNetCore.Tests.Conformance;

/// <summary>Plays the steps of one scenario; the readme of lifecycle-trace.json describes them.</summary>
internal sealed partial class LifecyclePlayer(HubHost host)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(40);

    /// <summary>
    /// Where the recorded answer has neither type nor text, and ours says what it is about. All else without a body has none here either.
    /// </summary>
    private static readonly string[] MayHaveBody =
    [
        // contract 20: the original answers services in JSON and users in HTML, whatever they accept; the recording leaves both open.
        "GET /hub/user/idle-ghost/x",
        "GET /hub/user/gone-ann/api",
    ];

    private readonly Dictionary<string, string> variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HubBrowser> browsers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task<LifecycleAnswer>> running = new(StringComparer.Ordinal);

    /// <summary>What differs, step by step.</summary>
    public async Task<List<string>> PlayAsync(JsonArray steps)
    {
        var failures = new List<string>();
        foreach (var (number, step) in steps.Index())
        {
            if (await PlayAsync(step!.AsObject()) is { } difference)
            {
                failures.Add($"{number}: {Describe(step!)}: {difference}");
            }
        }

        return failures;
    }

    private static string Describe(JsonNode step) => $"{step["as"]} {step["do"] ?? step["join"] ?? step["login"]} {step["body"]?.ToJsonString()}";

    private async Task<string?> PlayAsync(JsonObject step)
    {
        if (step["sleep"] is { } seconds)
        {
            await Task.Delay(TimeSpan.FromSeconds((double)seconds));
            return null;
        }

        if ((string?)step["go"] is { } name)
        {
            running.Add(name, SendAsync(step));
            return null;
        }

        var answer = (string?)step["join"] is { } awaited ? await running[awaited]
            : (string?)step["login"] is { } user ? await LoginAsync(user)
            : await RepeatAsync(step);
        Keep(step, answer);
        return step["ignore"] is null ? Difference(step, answer) : null;
    }

    private static string? Difference(JsonObject step, LifecycleAnswer answer)
    {
        var expected = step["answer"]!.AsObject();
        var others = step["also"]?.AsArray() ?? [];
        if (others.Any(other => other!.GetValueKind() == System.Text.Json.JsonValueKind.String ? (string)other! == "any" : (int)other! == answer.Status))
        {
            return null;
        }

        var isWhole = step["status_only"] is null && step["login"] is null;
        return answer.Difference(expected, isWhole, MayHaveBody.Contains((string?)step["do"], StringComparer.Ordinal));
    }

    private async Task<LifecycleAnswer> RepeatAsync(JsonObject step)
    {
        var limit = TimeSpan.FromSeconds((double?)step["limit"] ?? 0);
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            var answer = await SendAsync(step);
            var isReached = step["until"]?.AsObject().All(wanted => JsonNode.DeepEquals(wanted.Value, answer.Find(wanted.Key))) != false;
            if (isReached || Stopwatch.GetElapsedTime(began) > limit)
            {
                return answer;
            }

            await Task.Delay(Pause);
        }
    }

    private async Task<LifecycleAnswer> LoginAsync(string user)
    {
        var browser = browsers[user] = host.Browser();
        using var answer = await browser.SignInAsync(user, "pw");
        return await LifecycleAnswer.ReadAsync(answer);
    }

    private async Task<LifecycleAnswer> SendAsync(JsonObject step)
    {
        var timeout = step["timeout"] is { } seconds ? TimeSpan.FromSeconds((double)seconds) : AnswerTimeout;
        using var patience = new CancellationTokenSource(timeout);
        try
        {
            var whole = ((string)step["do"]!).Split(' ', 2);
            var (principal, headers) = (Text((string)step["as"]!), new List<(string Name, string Value)> { ("Accept", (string?)step["accept"] ?? "application/json") });
            var browser = principal.StartsWith("browser:", StringComparison.Ordinal) ? browsers[principal[8..]] : host.Browser();
            if (TokenOf(principal) is { } token)
            {
                headers.Add(("Authorization", $"token {token}"));
            }

            using var answer = await browser.SendAsync(whole[0], Text(whole[1]), Body(step, browser), [.. headers]).WaitAsync(patience.Token);
            return await LifecycleAnswer.ReadAsync(answer).WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return LifecycleAnswer.None;
        }
    }

    private string? TokenOf(string principal) => principal switch
    {
        "anonymous" => null,
        _ when principal.StartsWith("browser:", StringComparison.Ordinal) => null,
        _ when principal.StartsWith('@') => variables[principal[1..]],
        _ when principal.StartsWith("token:", StringComparison.Ordinal) => principal[6..],
        _ => $"{principal}-token-0123456789abcdef",
    };

    private ByteArrayContent? Body(JsonObject step, HubBrowser browser)
    {
        if (step["form"] is JsonObject form)
        {
            var fields = form.ToDictionary(field => field.Key, field => Text((string)field.Value!), StringComparer.Ordinal);
            fields.TryAdd("_xsrf", browser.Cookie("_xsrf") ?? "");
            return new FormUrlEncodedContent(fields);
        }

        // The spaces of the recorder's JSON are seen where a server echoes it.
        return step.ContainsKey("body") ? Json(Text(Spaced(step["body"])))
            : (string?)step["raw"] is { } raw ? Json(Text(raw))
            : null;
    }

    /// <summary>JSON as the recorder wrote it, with a space behind each comma and colon.</summary>
    private static string Spaced(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject members => $"{{{string.Join(", ", members.Select(member => $"{JsonValue.Create(member.Key).ToJsonString()}: {Spaced(member.Value)}"))}}}",
        JsonArray items => $"[{string.Join(", ", items.Select(Spaced))}]",
        _ => node.ToJsonString(),
    };

    private void Keep(JsonObject step, LifecycleAnswer answer)
    {
        foreach (var (name, pointer) in step["keep"]?.AsObject() ?? [])
        {
            variables[name] = answer.Find((string)pointer!)?.ToString() ?? "";
        }
    }

    private string Text(string text) => Variable().Replace(text, match => variables.GetValueOrDefault(match.Groups[1].Value) ?? match.Value);

    [GeneratedRegex(@"\{([a-z][a-z0-9_]*)\}")]
    private static partial Regex Variable();

    /// <summary>As the recorder sent it: without a charset.</summary>
    private static ByteArrayContent Json(string text) =>
        new(System.Text.Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new("application/json") } };
}
