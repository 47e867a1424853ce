using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Tests.Conformance;

/// <summary>Browsers visit this hub as they visited the original, and are answered the same (browser-matrix.json).</summary>
public sealed class BrowserMatrixTests(BrowserMatrixHub hub) : IClassFixture<BrowserMatrixHub>
{
    /// <summary>Where the contract asks for something else than was recorded, and the matrix does not say so itself.</summary>
    private static readonly Dictionary<string, string> Mended = new(StringComparer.Ordinal)
    {
        [", json"] = "contract 20: whether /hub/user/... answers in JSON follows Accept",
        ["GET /hub/logo as"] = "contract 9 asks for no format: our logo is an SVG",
        ["cookies: api post form, no session"] = "who does not count as signed in has no session to keep",
    };

    /// <summary>Whose cookies differ on purpose: somebody who only looks anonymous keeps the token and session that they have.</summary>
    private static readonly string[] KeepCookies = ["DELETE /nope", "DELETE /user/grace/x", "POST /user/grace/x", "post-api-form|"];

    [Theory]
    [InlineData("pages")]
    [InlineData("headers")]
    [InlineData("next")]
    [InlineData("oauth")]
    public async Task Cases_are_answered_as_recorded(string group)
    {
        var failures = new List<string>();
        var played = 0;
        foreach (var (id, value) in BrowserMatrixHub.Matrix["groups"]![group]!.AsObject())
        {
            var steps = value![0]!.AsArray();
            played++;
            await PlayAsync(group, id, steps, (int)value[1]!, failures);
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {played} differ:\n{string.Join('\n', failures)}");
    }

    [Fact]
    public async Task The_cross_site_check_decides_as_recorded()
    {
        var failures = new List<string>();
        var played = 0;
        var axes = BrowserMatrixHub.Matrix["axes"]!.AsObject();
        foreach (var (id, answer) in BrowserMatrixHub.Matrix["groups"]!["xsrf"]!.AsObject())
        {
            var steps = new JsonArray((JsonNode)Combine(axes, id));
            played++;
            await PlayAsync("xsrf", id, steps, (int)answer!, failures);
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {played} differ:\n{string.Join('\n', failures.Take(60))}");
    }

    private static JsonArray Combine(JsonObject axes, string id)
    {
        var values = id.Split('|');
        var step = axes["kind"]![values[0]]!.DeepClone().AsArray();
        var options = step[2]!.AsObject();
        foreach (var (axis, value) in new[] { "site", "mode", "origin", "who", "xsrf" }.Zip(values.Skip(1)))
        {
            foreach (var (name, option) in axes[axis]![value]!.AsObject())
            {
                if (name == "h" && options["h"] is JsonObject headers)
                {
                    foreach (var (header, text) in option!.AsObject())
                    {
                        headers[header] = text!.DeepClone();
                    }
                }
                else
                {
                    options[name] = option!.DeepClone();
                }
            }
        }

        return step;
    }

    private async Task PlayAsync(string group, string id, JsonArray steps, int answerIndex, List<string> failures)
    {
        using var answer = await new MatrixPlayer(hub).PlayAsync(steps);
        var body = await answer.TextAsync();
        var xsrfTokens = new List<string>();
        foreach (var name in new[] { "ada", "grace", "anon" })
        {
            xsrfTokens.Add((await hub.SessionAsync(name)).Cookie("_xsrf")!);
        }

        var expected = BrowserMatrixHub.Matrix["answers"]![answerIndex]!.DeepClone().AsObject();
        if (group is "pages" or "xsrf" && !expected.ContainsKey("c"))
        {
            expected.TryAdd("n", new JsonArray());
        }

        if (KeepCookies.Any(part => id.StartsWith(part, StringComparison.Ordinal)))
        {
            expected.Remove("n");
        }

        var isMended = BrowserMatrixHub.Matrix["contract"]![group]?.AsObject().Any(mend => id.StartsWith(mend.Key, StringComparison.Ordinal)) == true
            || Mended.Keys.Any(part => id.Contains(part, StringComparison.Ordinal));
        if (new MatrixAnswer(expected, answer, body, xsrfTokens).Difference(asSent: group == "next") is { } difference
            && (!isMended || answer.StatusCode >= HttpStatusCode.InternalServerError))
        {
            failures.Add($"{id}: {difference}");
        }
    }
}
