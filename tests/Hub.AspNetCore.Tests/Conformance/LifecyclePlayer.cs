using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JupyterHub.Core.Proxying;

namespace JupyterHub.AspNetCore.Tests.Conformance;

/// <summary>Plays the steps of one scenario; the readme of lifecycle-trace.json describes them.</summary>
internal sealed partial class LifecyclePlayer(LifecycleHub hub, string scenario)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.1);

    /// <summary>What was a matter of seconds when it was recorded: the step that it was over at.</summary>
    private static readonly (string Scenario, int Step, Func<LifecycleHub, Task> End)[] Waits =
    [
        ("never-listens", 7, hub => hub.EndAsync(LifecycleHub.SlowSpawn)),
        ("never-listens", 9, hub => hub.EndAsync(LifecycleHub.Http)),
        ("stop-slow", 12, hub => Eventually.TrueAsync("the server's route is gone", async () =>
            !(await hub.Host.Get<IHubProxy>().GetRoutesAsync(CancellationToken.None)).Any(route => route.Routespec == "/user/sigint-ann/"))),
        ("stop-slow", 15, hub => hub.EndAsync(LifecycleHub.SlowStop)),
        ("stop-slow", 17, hub =>
        {
            hub.EndPolitePart();
            return Task.CompletedTask;
        }),
        ("concurrent-spawn-limit", 23, hub =>
        {
            hub.LetSlowServersListen();
            return Task.CompletedTask;
        }),
    ];

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
    private readonly HubHost host = hub.Host;
    private bool hasSlept;

    /// <summary>What differs, step by step.</summary>
    public async Task<List<string>> PlayAsync(JsonArray steps)
    {
        var failures = new List<string>();
        foreach (var (number, step) in steps.Index())
        {
            foreach (var wait in Waits.Where(wait => wait.Scenario == scenario && wait.Step == number))
            {
                await wait.End(hub);
            }

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
        if (step["sleep"] is not null)
        {
            hasSlept = true;
            return null;
        }

        if ((string?)step["go"] is { } name)
        {
            var begun = new TaskCompletionSource();
            running.Add(name, SendAsync(step, begun));

            // Events come before they end.
            await (step["events"] is null ? Task.CompletedTask : begun.Task.WaitAsync(Eventually.Deadline));
            return null;
        }

        var answer = (string?)step["join"] is { } awaited ? await running[awaited]
            : (string?)step["login"] is { } user ? await LoginAsync(user)
            : await RepeatAsync(step);
        hasSlept = false;
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
        // What it slept for is there when the answer is right.
        var isAwaited = hasSlept && ((string)step["do"]!).StartsWith("GET ", StringComparison.Ordinal);
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            var answer = await SendAsync(step);
            var isReached = step["until"]?.AsObject().All(wanted => JsonNode.DeepEquals(wanted.Value, answer.Find(wanted.Key))) != false;
            if ((isReached && (!isAwaited || Difference(step, answer) is null)) || Stopwatch.GetElapsedTime(began) > Eventually.Deadline)
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

    private async Task<LifecycleAnswer> SendAsync(JsonObject step, TaskCompletionSource? begun = null)
    {
        var timeout = step["timeout"] is { } seconds ? TimeSpan.FromSeconds((double)seconds) : Eventually.Deadline;
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
            begun?.TrySetResult();
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
