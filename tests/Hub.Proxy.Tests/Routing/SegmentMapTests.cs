using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.Tests.Routing;

public class SegmentMapTests
{
    [Fact]
    public void It_behaves_as_a_dictionary_and_never_changes_what_was_handed_out()
    {
        // Few names and many steps, so that adding, replacing and removing meet.
        var steps = Gen.Choose(0, 40).Zip(Gen.Choose(0, 1)).ListOf().ToArbitrary();
        Prop.ForAll(steps, changes =>
        {
            var map = SegmentMap.Empty;
            var model = new HashSet<string>();
            var history = new List<(SegmentMap Map, string[] Names)>();
            foreach (var (number, add) in changes)
            {
                var name = Name(number);
                map = add == 1 ? map.With(RouteNode.For(name)) : map.Without(name);
                _ = add == 1 ? model.Add(name) : model.Remove(name);
                history.Add((map, [.. model.Order()]));
            }

            foreach (var (then, names) in history)
            {
                Assert.Equal(names, Segments(then));
                Assert.Equal(names.Length == 0, then.IsEmpty);
                for (var number = 0; number <= 40; number++)
                {
                    Assert.Equal(names.Contains(Name(number)), then.Find(Name(number)) is not null);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void A_hundred_thousand_come_and_go()
    {
        var map = Enumerable.Range(0, 100_000).Aggregate(SegmentMap.Empty, (map, number) => map.With(RouteNode.For(Name(number))));
        Assert.All(Enumerable.Range(0, 100_000), number => Assert.Equal(Name(number), map.Find(Name(number))?.Segment));
        Assert.Null(map.Find(Name(100_000)));
        Assert.Equal(100_000, Segments(map).Length);
        Assert.Same(SegmentMap.Empty, Enumerable.Range(0, 100_000).Aggregate(map, (map, number) => map.Without(Name(number))));
    }

    [Fact]
    public void Segments_with_the_same_hash_are_told_apart()
    {
        // The runtime seeds its hashes anew in each process, so the pairs have to be looked for.
        var pairs = Enumerable.Range(0, 500_000).Select(Name).GroupBy(name => SegmentMap.HashOf(name))
            .Where(group => group.Count() > 1).Select(group => group.ToArray()).ToArray();
        Assert.NotEmpty(pairs);
        foreach (var names in pairs)
        {
            var map = names.Aggregate(SegmentMap.Empty, (map, name) => map.With(RouteNode.For(name)));
            var replacement = RouteNode.For(names[0]);
            map = map.With(replacement);
            Assert.Equal(names.Order(), Segments(map));
            Assert.All(names, name => Assert.Equal(name, map.Find(name)?.Segment));
            Assert.Equal(names.Skip(1).Order(), Segments(map.Without(names[0])));
            Assert.Equal(names.SkipLast(1).Order(), Segments(map.Without(names[^1])));
            Assert.True(names.Aggregate(map, (map, name) => map.Without(name)).IsEmpty);
        }
    }

    [Fact]
    public void Removing_what_is_not_there_gives_the_same_map()
    {
        var map = SegmentMap.Empty.With(RouteNode.For("ada"));
        Assert.Same(map, map.Without("eve"));
        Assert.Same(SegmentMap.Empty, SegmentMap.Empty.Without("eve"));
    }

    private static string[] Segments(SegmentMap map)
    {
        var segments = new List<string>();
        map.ForEach(node => segments.Add(node.Segment));
        return [.. segments.Order()];
    }

    private static string Name(int number) => "user-" + number.ToString(CultureInfo.InvariantCulture);
}
