namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>Each case is answered by configurable-http-proxy and by ours alike, but for differences that are known and have a reason.</summary>
public class DifferentialTests(DifferentialRun run) : IClassFixture<DifferentialRun>
{
    private const string Hangs = "client: nothing more came";

    public static TheoryData<string> Names => [.. AllCases.Exchanges.Select(exchange => exchange.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Both_answer_alike_but_for_known_differences(string name)
    {
        var remaining = run.Known.NotAllowed(name, run.DifferencesOf(name));
        Assert.True(
            remaining.SequenceEqual(run.Known.Of(name)),
            $"{name}\nis different by\n{string.Join('\n', remaining)}\nand known to be by\n{string.Join('\n', run.Known.Of(name))}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_the_original_ever_leaves_a_client_without_an_end(string name)
    {
        Assert.Equal(AllCases.Exchanges.Single(exchange => exchange.Name == name).OriginalHangs, run.Of(ProxyProgram.Original, name).Contains(Hangs));
        Assert.DoesNotContain(Hangs, run.Of(ProxyProgram.Ours, name));
    }

    [Fact]
    public void Every_known_difference_has_a_reason_and_still_exists()
    {
        Assert.All(run.Known.All, known => Assert.False(known.Reason is "" or KnownDifferences.NoReason, $"{known.Case} has no reason"));
        foreach (var known in run.Known.All)
        {
            var covered = AllCases.Exchanges.Where(exchange => known.Covers(exchange.Name)).SelectMany(exchange => run.DifferencesOf(exchange.Name)).ToArray();
            Assert.All(known.Lines, line => Assert.True(covered.Any(difference => known.IsGeneral ? KnownDifference.Fits(line, difference) : line == difference), $"{known.Case}: nothing differs by {line}"));
        }
    }
}
