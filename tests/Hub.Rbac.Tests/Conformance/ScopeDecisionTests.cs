using System.Text.Json;
using JupyterHub.Testing;

namespace JupyterHub.Rbac.Tests.Conformance;

/// <summary>
/// Every recorded decision of the original, one world at a time. All hold literally: the recorded worlds have no shares and no
/// filter that is a bare server name, so none shows what contract 4.4 and 4.8 mark as a bug.
/// </summary>
public sealed class ScopeDecisionTests
{
    private const int Worlds = 240;
    private const int Cases = 8278;

    private static readonly string[] Lines = File.ReadAllLines(Repository.Data("scope-decisions.jsonl"));

    public static TheoryData<int> AllWorlds => [.. Enumerable.Range(0, Worlds)];

    [Fact]
    public void The_recording_is_complete()
    {
        Assert.Equal(Worlds, Lines.Length);
        Assert.Equal(Cases, Lines.Sum(line => JsonDocument.Parse(line).RootElement.GetProperty("cases").GetArrayLength()));
    }

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public void Decides_as_recorded(int number)
    {
        using var document = JsonDocument.Parse(Lines[number]);
        var world = new RecordedWorld(document.RootElement.GetProperty("world"));
        var index = 0;
        foreach (var question in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            var expected = Expected(question);
            var answer = world.Answer(question);
            Assert.True(expected == answer, $"World {number}, case {index}: {question}\nanswer: {answer}");
            index++;
        }
    }

    private static string Expected(JsonElement question) => question.TryGetProperty("expect", out var expected)
        ? JsonSerializer.Serialize(new { expect = expected })
        : JsonSerializer.Serialize(new { error = question.GetProperty("error").GetString() });
}
