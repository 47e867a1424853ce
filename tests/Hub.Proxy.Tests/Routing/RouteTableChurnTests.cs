using System.Globalization;
using JupyterHub.Core.Addressing;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.Tests.Routing;

public class RouteTableChurnTests
{
    private const int Users = 1_000;

    [Fact]
    public async Task No_reader_ever_sees_another_users_route_while_a_thousand_come_and_go()
    {
        var table = new RouteTable(new RouteDraining(new ForwardingOptions(), TimeProvider.System));
        Set(table, -1);
        var targets = Enumerable.Range(-1, Users + 1).Select(user => Parse($"/user/{Name(user)}/lab/x")).ToArray();
        using var done = new CancellationTokenSource();
        var found = 0L;
        var readers = Enumerable.Range(0, 4).Select(seed => Task.Run(() =>
        {
            for (var round = seed; !done.IsCancellationRequested; round++)
            {
                var user = round % (Users + 1) - 1;
                var route = table.Match(targets[user + 1], "");
                Assert.True(route is not null || user != -1, "a route that was never touched was missing");
                if (route is not null)
                {
                    Assert.Equal($"/user/{Name(user)}/", route.Routespec.Text);
                    Assert.Equal(PortOf(user), route.Target.Port);
                    Interlocked.Increment(ref found);
                }
            }
        })).ToArray();
        var writers = Enumerable.Range(0, 2).Select(half => Task.Run(() =>
        {
            for (var round = 0; round < 20 || Interlocked.Read(ref found) < 100_000; round++)
            {
                for (var user = half; user < Users; user += 2)
                {
                    Set(table, user);
                }

                for (var user = half; user < Users; user += 2)
                {
                    Assert.True(table.Remove(Routespec.Parse($"/user/{Name(user)}/")));
                }
            }
        })).ToArray();

        await Task.WhenAll(writers);
        await done.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Equal(["/user/-1/"], table.Current.Routes.Select(route => route.Routespec.Text));
    }

    private static void Set(RouteTable table, int user)
    {
        var routespec = Routespec.Parse($"/user/{Name(user)}/");
        table.Set(routespec, _ => new RouteEntry(routespec, UpstreamTarget.Of(new Uri($"http://127.0.0.1:{PortOf(user)}")), [], TimeProvider.System));
    }

    private static int PortOf(int user) => 20_001 + user;

    private static string Name(int user) => user.ToString(CultureInfo.InvariantCulture);

    private static RequestTarget Parse(string raw)
    {
        Assert.True(RequestTarget.TryParse(raw, out var target, out _));
        return target;
    }
}
