using System.Text.Json.Nodes;
using JupyterHub.Core.Spawning;
using JupyterHub.Core.Spawning.Choosing;

namespace JupyterHub.Core.Tests.Spawning;

/// <summary>A declaration that makes no sense is found before anybody chooses.</summary>
public sealed class StartOptionDeclarationTests
{
    public static TheoryData<string, StartOption> Wrong { get; } = new()
    {
        { "0:Name", new() { Name = "" } },
        { "0:Name", new() { Name = "1st" } },
        { "0:Name", new() { Name = "_xsrf" } },
        { "0:Name", new() { Name = "a b" } },
        { "0:Name", new() { Name = "a\n" } },
        { "0:Name", new() { Name = "next" } },
        { "0:Name", new() { Name = "display_name" } },
        { "0:Name", new() { Name = new string('a', 65) } },
        { "0:MinLength", new() { Name = "a", MinLength = -1 } },
        { "0:MinLength", new() { Name = "a", MinLength = 3, MaxLength = 2 } },
        { "0:MinLength", new() { Name = "a", MinLength = 1001 } },
        { "0:MaxLength", new() { Name = "a", MaxLength = 0 } },
        { "0:MaxLength", new() { Name = "a", MaxLength = 10_001 } },
        { "0:Pattern", new() { Name = "a", Pattern = "[" } },
        { "0:Pattern", new() { Name = "a", Pattern = "" } },
        { "0:Pattern", new() { Name = "a", Pattern = "a)|(?:b" } },
        { "0:Pattern", new() { Name = "a", Pattern = "(?=a)a" } },
        { "0:Pattern", new() { Name = "a", Pattern = @"(a)\1" } },
        { "0:Pattern", new() { Name = "a", Pattern = @"[\D]" } },
        { "0:Minimum", new() { Name = "a", Minimum = 1 } },
        { "0:Step", new() { Name = "a", Kind = StartOptionKind.Boolean, Step = 1 } },
        { "0:MaxLength", new() { Name = "a", Kind = StartOptionKind.Integer, MaxLength = 1 } },
        { "0:Choices", new() { Name = "a", Choices = [new() { Value = "x" }] } },
        { "0:Unit", new() { Name = "a", Unit = "GB" } },
        { "0:Minimum", new() { Name = "a", Kind = StartOptionKind.Integer, Minimum = 0.5 } },
        { "0:Minimum", new() { Name = "a", Kind = StartOptionKind.Number, Minimum = 2, Maximum = 1 } },
        { "0:Minimum", new() { Name = "a", Kind = StartOptionKind.Number, Minimum = 0.25, Step = 0.1 } },
        { "0:Maximum", new() { Name = "a", Kind = StartOptionKind.Number, Maximum = 1e16 } },
        { "0:Maximum", new() { Name = "a", Kind = StartOptionKind.Number, Maximum = double.NaN } },
        { "0:Step", new() { Name = "a", Kind = StartOptionKind.Number, Step = 0 } },
        { "0:Step", new() { Name = "a", Kind = StartOptionKind.Number, Step = 1e-10 } },
        { "0:Step", new() { Name = "a", Kind = StartOptionKind.Integer, Step = 0.5 } },
        { "0:Choices", new() { Name = "a", Kind = StartOptionKind.Choice } },
        { "0:Choices:1:Value", new() { Name = "a", Kind = StartOptionKind.Choice, Choices = [new() { Value = "x" }, new() { Value = "x" }] } },
        { "0:Choices:0:Value", new() { Name = "a", Kind = StartOptionKind.Choice, Choices = [new() { Value = "x\ny" }] } },
        { "0:Default", new() { Name = "a", Default = 5 } },
        { "0:Default", new() { Name = "a", Kind = StartOptionKind.Integer, Default = "five" } },
        { "0:Default", new() { Name = "a", Kind = StartOptionKind.Integer, Maximum = 4, Default = 5 } },
        { "0:Default", new() { Name = "a", Kind = StartOptionKind.Boolean, Default = "maybe" } },
        { "0:Default", new() { Name = "a", Kind = StartOptionKind.Choice, Choices = [new() { Value = "x" }], Default = "y" } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void It_is_told_which_setting_is_wrong(string setting, StartOption option)
    {
        Assert.Equal(setting, Assert.Single(StartOptionDeclarations.Problems([option])).Setting);
        Assert.Throws<InvalidOperationException>(() => StartOptionSet.Create([option]));
    }

    [Fact]
    public void Two_options_do_not_share_a_name() =>
        Assert.Equal(("1:Name", "declares an option again"), Assert.Single(StartOptionDeclarations.Problems([new() { Name = "a" }, new() { Name = "a" }])));

    [Fact]
    public void There_are_not_too_many() =>
        Assert.Equal("", Assert.Single(StartOptionDeclarations.Problems([.. Enumerable.Range(0, 101).Select(number => new StartOption { Name = $"a{number}" })])).Setting);

    [Fact]
    public void What_has_no_types_gives_defaults_as_texts()
    {
        var options = StartOptionSet.Create(
        [
            new() { Name = "a", Kind = StartOptionKind.Integer, Default = JsonValue.Create("5") },
            new() { Name = "b", Kind = StartOptionKind.Boolean, Default = JsonValue.Create("true") },
        ]);
        Assert.Equal("""{"a":5,"b":true}""", options.Complete([]).Values.ToJsonString());
    }
}
