namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>Each case is answered by configurable-http-proxy and by ours alike, but for differences that are known and have a reason.</summary>
public class DifferentialTests(DifferentialRun run) : IClassFixture<DifferentialRun>
{
    private const string Hangs = "client: nothing more came";

    public static TheoryData<string> Names => [.. AllCases.Exchanges.Select(exchange => exchange.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Ours_answers_as_the_original_does_but_for_known_differences(string name) => run.Comparisons[0].Check(name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Both_ways_of_forwarding_answer_alike_but_for_known_differences(string name) => run.Comparisons[1].Check(name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_the_original_ever_leaves_a_client_without_an_end(string name)
    {
        Assert.Equal(AllCases.Exchanges.Single(exchange => exchange.Name == name).OriginalHangs, run.Of(ProxyProgram.Original, name).Contains(Hangs));
        Assert.DoesNotContain(Hangs, run.Of(ProxyProgram.Ours, name));
        Assert.DoesNotContain(Hangs, run.Of(ProxyProgram.OursOverYarp, name));
    }

    [Fact]
    public void Every_known_difference_has_a_reason_and_still_exists() => Assert.All(run.Comparisons, comparison => comparison.CheckTable());
}
