using System.Text.Json.Nodes;
using JupyterHub.Core.Spawning;
using JupyterHub.Core.Spawning.Choosing;

namespace JupyterHub.Core.Tests.Spawning;

/// <summary>What is chosen is what is declared, or refused with a word that helps.</summary>
public sealed class StartOptionSetTests
{
    private static readonly StartOptionSet Options = StartOptionSet.Create(OptionSamples.All);

    [Theory]
    [InlineData("text", "\"\"", "\"\"")]
    [InlineData("text", "\"<b>{0}</b> 🧪\"", "\"<b>{0}</b> 🧪\"")]
    [InlineData("short", "\"🧪🧪🧪🧪🧪\"", "\"🧪🧪🧪🧪🧪\"")]
    [InlineData("slug", "\"a_9\"", "\"a_9\"")]
    [InlineData("slug", "\"123\"", "\"123\"")]
    [InlineData("whole", "5", "5")]
    [InlineData("whole", "5.0", "5")]
    [InlineData("whole", "-1e3", "-1000")]
    [InlineData("whole", "1000000000000000", "1000000000000000")]
    [InlineData("memory", "64", "64")]
    [InlineData("below", "-3", "-3")]
    [InlineData("part", "0.3", "0.3")]
    [InlineData("part", "0.30", "0.3")]
    [InlineData("part", "1", "1")]
    [InlineData("free", "-2.5", "-2.5")]
    [InlineData("free", "1e-7", "0.0000001")]
    [InlineData("gpu", "true", "true")]
    [InlineData("image", "\"größer 🧪\"", "\"größer 🧪\"")]
    [InlineData("image", "\"\"", "\"\"")]
    public void What_is_allowed_is_taken_in_one_form(string name, string given, string expected)
    {
        var check = Check(name, given);
        Assert.Empty(check.Problems);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), check.Values[name]), check.Values.ToJsonString());
    }

    [Theory]
    [InlineData("text", "5", "5 was given. Allowed is one line of text, 1000 characters at most.")]
    [InlineData("text", "null", "null was given.")]
    [InlineData("text", "[\"a\"]", "a list was given.")]
    [InlineData("text", "{}", "an object was given.")]
    [InlineData("text", "\"two\\nlines\"", @"'two\u{a}lines' was given.")]
    [InlineData("text", "\"a\\u2028b\"", "was given.")]
    [InlineData("text", "\"\\u0000\"", "was given.")]
    [InlineData("short", "\"a\"", "'a' was given. Allowed is one line of text, 2 to 5 characters.")]
    [InlineData("short", "\"🧪\"", "2 to 5 characters.")]
    [InlineData("short", "\"abcdef\"", "2 to 5 characters.")]
    [InlineData("slug", "\"A\"", @"It has to match [a-z]\w*|\d{2,3}.")]
    [InlineData("slug", "\"a\\n\"", "was given.")]
    [InlineData("slug", "\"aé\"", "was given.")]
    [InlineData("slug", "\"1234\"", "was given.")]
    [InlineData("slug", "\"٣٣\"", "was given.")]
    [InlineData("project", "\"\"", "1 to 1000 characters.")]
    [InlineData("whole", "\"5\"", "'5' was given. Allowed is a whole number.")]
    [InlineData("whole", "5.5", "5.5 was given.")]
    [InlineData("whole", "true", "true was given.")]
    [InlineData("whole", "1e16", "1e16 was given.")]
    [InlineData("whole", "1e400", "1e400 was given.")]
    [InlineData("whole", "1e-40", "1e-40 was given.")]
    [InlineData("memory", "1", "1 was given. Allowed is a whole number from 2 to 64. It goes in steps of 2.")]
    [InlineData("memory", "5", "It goes in steps of 2.")]
    [InlineData("memory", "66", "from 2 to 64.")]
    [InlineData("below", "-2", "Allowed is a whole number, -3 or less.")]
    [InlineData("part", "0.35", "Allowed is a number from 0 to 1. It goes in steps of 0.1.")]
    [InlineData("part", "-0.1", "from 0 to 1.")]
    [InlineData("free", "-2.6", "Allowed is a number, -2.5 or more.")]
    [InlineData("gpu", "\"true\"", "'true' was given. Allowed is true or false.")]
    [InlineData("gpu", "1", "1 was given.")]
    [InlineData("image", "\"Base\"", "'Base' was given. Allowed is one of these: base, größer 🧪, .")]
    [InlineData("image", "null", "null was given.")]
    [InlineData("imagE", "\"base\"", "There is no option 'imagE'. Options of this server are: text, short, slug,")]
    [InlineData("__proto__", "{}", "There is no option '__proto__'.")]
    public void What_is_not_allowed_is_refused_with_what_is(string name, string given, string said)
    {
        var check = Check(name, given);
        Assert.Empty(check.Values);
        Assert.Contains(said, Assert.Single(check.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_is_short_whatever_was_sent()
    {
        var long1 = new string('x', 1_000_000);
        var problems = Options.Check(new JsonObject { [long1 + "\r\n"] = 1, ["text"] = long1, ["whole"] = JsonNode.Parse("1" + new string('0', 100_000)) }).Problems;
        Assert.Equal(3, problems.Count);
        Assert.All(problems, problem => Assert.True(problem.ToString().Length < 400));
        Assert.All(problems, problem => Assert.DoesNotContain('\n', problem.ToString()));
        Assert.True(Options.Check(new JsonObject(Enumerable.Range(0, 10_000).Select(number => KeyValuePair.Create<string, JsonNode?>($"k{number}", 1)))).Problems.Count <= 10);
    }

    [Fact]
    public void Matching_a_pattern_takes_no_time_that_a_text_can_choose()
    {
        var options = StartOptionSet.Create([new() { Name = "evil", Pattern = "(a+)+b", MaxLength = 10_000 }]);
        Assert.Single(options.Check(new JsonObject { ["evil"] = new string('a', 10_000) }).Problems);
    }

    [Fact]
    public void Defaults_complete_what_was_chosen_and_what_is_needed_is_asked_for()
    {
        var nothing = Options.Complete([]);
        Assert.Equal("""{"memory":4,"gpu":false,"image":"base"}""", nothing.Values.ToJsonString());
        var missing = Assert.Single(nothing.Problems);
        Assert.Equal("Option 'project': a value is needed. Allowed is one line of text, 1 to 1000 characters.", missing.ToString());
        var chosen = Options.Complete(new JsonObject { ["project"] = "p", ["memory"] = 8 });
        Assert.Empty(chosen.Problems);
        Assert.Equal("""{"project":"p","memory":8,"gpu":false,"image":"base"}""", chosen.Values.ToJsonString());
    }

    [Fact]
    public void Numbers_can_be_taken_as_any_type_of_number()
    {
        var values = Options.Check(new JsonObject { ["memory"] = 8, ["part"] = 0.5 }).Values;
        Assert.Equal(8, (int)values["memory"]!);
        Assert.Equal(8L, (long)values["memory"]!);
        Assert.Equal(8.0, (double)values["memory"]!);
        Assert.Equal(0.5, (double)values["part"]!);
        Assert.Equal(0.5m, (decimal)values["part"]!);
    }

    [Theory]
    [InlineData("text", "", "\"\"")]
    [InlineData("text", " a ", "\" a \"")]
    [InlineData("short", "", null)]
    [InlineData("project", "", null)]
    [InlineData("whole", "", null)]
    [InlineData("whole", " 7 ", "7")]
    [InlineData("whole", "+7", "7")]
    [InlineData("whole", "7.50", "7.5")]
    [InlineData("whole", "1,000", "\"1,000\"")]
    [InlineData("whole", "seven", "\"seven\"")]
    [InlineData("whole", "NaN", "\"NaN\"")]
    [InlineData("gpu", "on", "true")]
    [InlineData("gpu", "FALSE", "false")]
    [InlineData("gpu", "maybe", "\"maybe\"")]
    [InlineData("image", "", "\"\"")]
    [InlineData("image", "nope", "\"nope\"")]
    [InlineData("other", "5", "\"5\"")]
    public void Fields_are_read_as_the_type_that_the_option_has(string name, string text, string? expected)
    {
        var read = Options.Read(new Dictionary<string, IReadOnlyList<string>> { [name] = ["ignored", text] });
        Assert.Equal(expected, read[name]?.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public void A_set_without_options_accepts_nothing()
    {
        var none = StartOptionSet.Create([]);
        Assert.Equal("There is no option 'a'. Nothing can be chosen for this server.", Assert.Single(none.Check(new JsonObject { ["a"] = 1 }).Problems).ToString());
        Assert.Empty(none.Check([]).Problems);
    }

    private static StartOptionCheck Check(string name, string given) => Options.Check(new JsonObject { [name] = JsonNode.Parse(given) });
}
