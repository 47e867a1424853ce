namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>How two proxies differ, case by case, beside what is known of it.</summary>
/// <param name="Known">The table.</param>
/// <param name="Differences">By case.</param>
/// <param name="Table">The table's file.</param>
internal sealed record Comparison(KnownDifferences Known, IReadOnlyDictionary<string, IReadOnlyList<string>> Differences, string Table)
{
    /// <summary>Fails unless a case differs exactly as is known.</summary>
    public void Check(string name)
    {
        var remaining = Known.NotAllowed(name, Differences[name]);
        Assert.True(
            remaining.SequenceEqual(Known.Of(name)),
            $"{name}\nis different by\n{string.Join('\n', remaining)}\nand known to be by\n{string.Join('\n', Known.Of(name))}");
    }

    /// <summary>Fails unless each line of the table has a reason and still says something that is so.</summary>
    public void CheckTable()
    {
        Assert.All(Known.All, known => Assert.False(known.Reason is "" or KnownDifferences.NoReason, $"{known.Case} has no reason"));
        foreach (var known in Known.All)
        {
            var covered = Differences.Where(difference => known.Covers(difference.Key)).SelectMany(difference => difference.Value).ToArray();
            Assert.All(known.Lines, line => Assert.True(covered.Any(difference => known.IsGeneral ? KnownDifference.Fits(line, difference) : line == difference), $"{known.Case}: nothing differs by {line}"));
        }
    }

    /// <summary>The same with a table that has been written anew.</summary>
    public Comparison Updated()
    {
        Known.Write([.. AllCases.Exchanges.Select(exchange => (exchange.Name, Known.NotAllowed(exchange.Name, Differences[exchange.Name])))]);
        return this with { Known = KnownDifferences.Read(Table) };
    }
}
