using System.Text.Json.Nodes;
using JupyterHub.Testing;

namespace JupyterHub.Cli.Tests.Scopes;

public sealed class DecideCommandTests
{
    private const string World = """{"users":{"ada":["physics"]},"groups":["physics"],"services":["culler"],"servers":["ada/"],"roles":{"r":["servers!group=physics"]},"grants":[["service","culler","r"]]}""";
    private const string Good = $$"""{"world":{{World}},"cases":[{"op":"filter","have":["servers!group=physics"],"base":"start:servers","kind":"server","name":"ada/gpu"}]}""";
    private const string GoodAnswer = """{"answers":[{"expect":true}]}""";

    [Fact]
    public async Task Answers_every_recorded_decision_as_the_original_did()
    {
        var recorded = await File.ReadAllLinesAsync(Repository.Data("scope-decisions.jsonl"));

        var result = await DecideAsync(string.Join('\n', recorded) + "\n");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var answered = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(recorded.Length, answered.Length);
        var compared = 0;
        for (var line = 0; line < recorded.Length; line++)
        {
            var cases = JsonNode.Parse(recorded[line])!["cases"]!.AsArray();
            var answers = JsonNode.Parse(answered[line])!["answers"]!.AsArray();
            Assert.Equal(cases.Count, answers.Count);
            for (var index = 0; index < cases.Count; index++, compared++)
            {
                Assert.True(
                    JsonNode.DeepEquals(Expected(cases[index]!.AsObject()), answers[index]),
                    $"Line {line + 1}, case {index}: {cases[index]!.ToJsonString()}\nanswer: {answers[index]!.ToJsonString()}");
            }
        }

        Assert.Equal(8278, compared);
    }

    [Theory]
    [InlineData("", "The line is not valid JSON: see line 1, character 1.")]
    [InlineData("{\"world\":", "The line is not valid JSON: see line 1, character 10.")]
    [InlineData("{\"world\":1,\"world\":2}", "The line gives a name of an object twice.")]
    [InlineData("[]", "The line must be an object.")]
    [InlineData("{\"cases\":[]}", "The line lacks \"world\".")]
    [InlineData("{\"wurld\":{}}", "The line has an unknown name \"wurld\"; did you mean world?")]
    [InlineData($$"""{"world":{{World}},"cases":3}""", "cases must be a list.")]
    [InlineData($$"""{"world":{{World}},"cases":[{"op":"fly"}]}""", "cases[0].op is \"fly\"; it must be scopes_for, expand, intersect, has, filter, token, resolve or exist.")]
    [InlineData($$"""{"world":{{World}},"cases":[{"op":"exist","scopes":["servers"]},{"op":"exist","scopes":[7]}]}""", "cases[1].scopes must be a text.")]
    [InlineData($$"""{"world":{{World}},"cases":[{"op":"exist","scopes":["\ud83d"]}]}""", "cases[0].scopes holds a text that is no valid Unicode.")]
    [InlineData($$"""{"world":{{World}},"cases":[{"op":"scopes_for","owner":["user","bob"]}]}""", "cases[0].owner must be a user or service of the world.")]
    [InlineData("""{"world":{"users":{},"groups":[],"services":[],"servers":[],"roles":{"r":["servres"]},"grants":[]},"cases":[]}""", "world.roles: Scope 'servres' does not exist; did you mean 'servers'?")]
    [InlineData("""{"world":{"users":{"ada":[]},"groups":[],"services":[],"servers":[],"roles":{},"grants":[["user","adda","user"]]},"cases":[]}""", "world.grants[0] names the user \"adda\", which does not exist; did you mean ada?")]
    public async Task A_malformed_line_gets_an_error_and_the_run_goes_on(string line, string error)
    {
        var result = await DecideAsync($"{Good}\n{line}\n{Good}\n");

        var answers = result.Output.Split('\n');
        Assert.Equal([GoodAnswer, GoodAnswer, ""], [answers[0], answers[2], answers[3]]);
        Assert.Equal(error, JsonNode.Parse(answers[1])!["error"]!.GetValue<string>());
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public async Task A_scope_that_does_not_exist_is_an_answer_of_its_case_alone()
    {
        var result = await DecideAsync($$"""{"world":{{World}},"cases":[{"op":"exist","scopes":["servres"]},{"op":"expand","scopes":["servers!grup=a"]},{"op":"exist","scopes":["servers"]}]}""");

        Assert.Equal((0, """{"answers":[{"error":"ScopeNotFound"},{"error":"ScopeNotFound"},{"expect":true}]}""" + "\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task No_lines_are_no_answers()
    {
        Assert.Equal(new ToolResult(0, "", ""), await DecideAsync(""));
    }

    private static JsonObject Expected(JsonObject question) => question.ContainsKey("expect")
        ? new JsonObject { ["expect"] = question["expect"]!.DeepClone() }
        : new JsonObject { ["error"] = question["error"]!.DeepClone() };

    private static Task<ToolResult> DecideAsync(string input) => HubTool.RunAsync(["scopes", "decide"], input, new Dictionary<string, string?>());
}
