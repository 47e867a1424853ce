using System.Text.Json.Nodes;
using JupyterHub.Core.Tests.Authentication;

namespace JupyterHub.Core.Tests.OAuth;

public class OAuthMatrixTests
{
    [Fact]
    public async Task Every_recorded_case_of_the_provider_is_answered_as_recorded()
    {
        await using var hub = await OAuthHub.OpenAsync(withAllVisitors: true);
        var wrong = new List<string>();
        var played = 0;
        foreach (var (id, entry) in BrowserMatrix.Group("oauth"))
        {
            var steps = entry![0]!.AsArray();
            if (!OAuthMatrixCase.CanPlay(steps))
            {
                continue;
            }

            played++;
            var recorded = BrowserMatrix.Answer(entry[1]!);
            var answer = await new OAuthMatrixCase(hub).PlayAsync(steps);
            if (BrowserMatrix.IsMended("oauth", id) ? (int)answer["s"]! != 400 : !Fits(recorded, answer))
            {
                wrong.Add($"{id}: recorded {recorded.ToJsonString()}, is {answer.ToJsonString()}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {played}\n{string.Join('\n', wrong)}");
        Assert.True(played > 100, $"{played}");
    }

    private static bool Fits(JsonObject recorded, JsonObject answer) =>
        (int)recorded["s"]! == (int)answer["s"]!
        && (recorded.Text("d") is not { } text || answer.Text("d")?.StartsWith(text, StringComparison.Ordinal) == true)
        && (recorded.Text("L") is not { } location || answer.Text("L") == location)
        && (recorded["i"] is not { } inputs || JsonNode.DeepEquals(inputs, answer["i"]))
        && (answer["j"] is not { } body || JsonNode.DeepEquals(recorded["j"], body))
        && (answer["scopes"] is not { } scopes || (JsonNode.DeepEquals(recorded["j"]!["scopes"], scopes)
            && recorded["j"].Text("name") == answer.Text("name") && recorded["j"].Text("session_id") == answer.Text("session_id")));
}
