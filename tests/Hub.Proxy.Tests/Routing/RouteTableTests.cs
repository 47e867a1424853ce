using System.Text.Json.Nodes;
using JupyterHub.Core.Addressing;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.Tests.Routing;

public class RouteTableTests
{
    [Theory]
    [InlineData("/user/ada", "/user/ada/")]
    [InlineData("/user/ada/", "/user/ada/")]
    [InlineData("/user/ada/lab", "/user/ada/lab/")]
    [InlineData("/user/ada/lab/tree/x", "/user/ada/lab/")]
    [InlineData("/user/ada/la", "/user/ada/")]
    [InlineData("/user/ada/labs", "/user/ada/")]
    [InlineData("/user/ada//lab/", "/user/ada/")]
    [InlineData("/user/%61da/", "/user/ada/")]
    [InlineData("/%75ser/ada/l%61b", "/user/ada/lab/")]
    [InlineData("/user/ada?x=/user/eve/", "/user/ada/")]
    [InlineData("/user/ada%2Flab/", "/user/ada%2Flab/")]
    [InlineData("/user/ada%2flab/x", "/user/ada%2Flab/")]
    [InlineData("/user/ada%252Flab/", null)]
    [InlineData("/user/ada%2Fother/", null)]
    [InlineData("/user/Ada/", null)]
    [InlineData("/User/ada/", null)]
    [InlineData("/user/adam/", null)]
    [InlineData("/user/ad", null)]
    [InlineData("/user//ada/", null)]
    [InlineData("//user/ada/", null)]
    [InlineData("/user", null)]
    [InlineData("/user/", null)]
    [InlineData("/", null)]
    [InlineData("/services/culler/x", "/services/culler/")]
    [InlineData("http://elsewhere.example/user/ada/", "/user/ada/")]
    [InlineData("*", null)]
    public void The_longest_prefix_of_decoded_segments_wins(string raw, string? routespec) =>
        Assert.Equal(routespec, Match(TableOf("/user/ada/", "/user/ada/lab/", "/user/ada%2Flab/", "/services/culler/"), raw));

    [Theory]
    [InlineData("ada.example.org", "/user/ada/", "ada.example.org/user/ada/")]
    [InlineData("ADA.example.org:8000", "/user/ada/x", "ada.example.org/user/ada/")]
    [InlineData("eve.example.org", "/user/ada/", "/")]
    [InlineData("ada.example.org", "/user/eve/", "/")]
    [InlineData("ada.example.org", "/user/eve/long/", "/user/eve/long/")]
    [InlineData("ada.example.org.", "/user/ada/", "/")]
    [InlineData("", "/user/ada/", "/")]
    [InlineData("[::1]:8000", "/user/ada/", "/")]
    public void A_route_of_a_host_is_for_that_host_only(string host, string raw, string routespec) =>
        Assert.Equal(routespec, Match(TableOf("/", "/user/eve/long/", "ada.example.org/user/ada/"), raw, host));

    [Fact]
    public void A_host_that_is_too_long_matches_nothing() =>
        Assert.Equal("/", Match(TableOf("/", "a.example/"), "/", new string('a', 70_000)));

    [Fact]
    public void Removing_a_prefix_keeps_what_is_below_and_the_other_way_round()
    {
        var table = TableOf("/user/ada/", "/user/ada/lab/");
        Assert.True(table.Remove(Routespec.Parse("/user/ada/")));
        Assert.Equal("/user/ada/lab/", Match(table, "/user/ada/lab/"));
        Assert.Null(Match(table, "/user/ada/"));
        Assert.False(table.Remove(Routespec.Parse("/user/ada/")));
        Assert.False(table.Remove(Routespec.Parse("/user/")));
        Assert.True(table.Remove(Routespec.Parse("/user/%61da/lab")));
        Assert.Equal(0, table.Current.Count);
        Assert.Empty(table.Current.Routes);
    }

    [Fact]
    public void The_last_route_of_a_host_takes_the_host_along()
    {
        var table = TableOf("ada.example.org/", "/");
        Assert.True(table.Remove(Routespec.Parse("ada.example.org/")));
        Assert.Equal("/", Match(table, "/x", "ada.example.org"));
        Assert.Equal(1, table.Current.Count);
    }

    [Fact]
    public void A_snapshot_stays_as_it_was()
    {
        var table = TableOf("/user/ada/", "/user/eve/");
        var before = table.Current;
        table.Remove(Routespec.Parse("/user/ada/"));
        Set(table, "/user/bob/");
        Assert.Equal(["/user/ada/", "/user/eve/"], before.Routes.Select(route => route.Routespec.Text).Order());
        Assert.Equal(["/user/bob/", "/user/eve/"], table.Current.Routes.Select(route => route.Routespec.Text).Order());
    }

    [Fact]
    public void Replacing_counts_once()
    {
        var table = TableOf("/user/ada/", "/user/%61da");
        Assert.Equal(1, table.Current.Count);
    }

    [Theory]
    [InlineData("/user/ada/lab/tree/x?y", "ADA.example.org:8000")]
    [InlineData("/user/%61da/lab", "")]
    [InlineData("/user/nobody/", "eve.example.org")]
    public void Looking_up_allocates_nothing(string raw, string host)
    {
        var table = TableOf("/user/ada/", "/user/ada/lab/", "ada.example.org/user/ada/");
        Assert.True(RequestTarget.TryParse(raw, out var target, out _));
        table.Match(target, host);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1_000; round++)
        {
            table.Match(target, host);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static RouteTable TableOf(params string[] routespecs)
    {
        var table = new RouteTable(new RouteDraining(new ForwardingOptions(), TimeProvider.System));
        foreach (var routespec in routespecs)
        {
            Set(table, routespec);
        }

        return table;
    }

    private static void Set(RouteTable table, string routespec)
    {
        var parsed = Routespec.Parse(routespec);
        table.Set(parsed, _ => new RouteEntry(parsed, UpstreamTarget.Of(new Uri("http://127.0.0.1:1")), [], TimeProvider.System));
    }

    private static string? Match(RouteTable table, string raw, string host = "")
    {
        Assert.True(RequestTarget.TryParse(raw, out var target, out var error), error.ToString());
        return table.Match(target, host)?.Routespec.Text;
    }
}
