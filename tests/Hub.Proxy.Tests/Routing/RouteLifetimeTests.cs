using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Routing;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Routing;

public class RouteLifetimeTests
{
    private static readonly Routespec Place = Routespec.Parse("/user/ada/");

    private readonly FakeTime time = new();
    private readonly RouteDraining draining;
    private readonly RouteTable table;

    public RouteLifetimeTests()
    {
        draining = new RouteDraining(new ForwardingOptions(), time);
        table = new RouteTable(draining);
    }

    [Fact]
    public void Saying_the_same_again_keeps_everything()
    {
        var before = Set("http://127.0.0.1:1");
        var connections = before.Lifetime.Own(() => new Connections());
        var again = Set("http://127.0.0.1:1/");
        Assert.NotSame(before, again);
        Assert.Equal((before.Lifetime, before.Activity, before.Destination), (again.Lifetime, again.Activity, again.Destination));
        Assert.Same(connections, again.Lifetime.Own(() => new Connections()));
        Assert.False(connections!.IsClosed);
        Assert.False(again.Lifetime.IsOver);
    }

    [Fact]
    public void Another_target_or_none_closes_what_was_kept_at_once()
    {
        var first = Set("http://127.0.0.1:1").Lifetime;
        var connections = first.Own(() => new Connections());
        var second = Set("http://127.0.0.1:2").Lifetime;
        Assert.True(first.IsOver);
        Assert.True(connections!.IsClosed);
        var others = second.Own(() => new Connections());
        Assert.NotSame(connections, others);
        Assert.False(others!.IsClosed);
        Assert.True(table.Remove(Place));
        Assert.True(others.IsClosed);
    }

    [Fact]
    public void A_route_that_is_added_again_begins_anew_while_the_old_one_is_drained()
    {
        var first = Set("http://127.0.0.1:1").Lifetime;
        Assert.True(first.TryEnter(isWebSocket: false, int.MaxValue, out var old));
        table.Remove(Place);
        var second = Set("http://127.0.0.1:1").Lifetime;
        Assert.NotSame(first, second);
        Assert.True(second.TryEnter(isWebSocket: false, int.MaxValue, out var fresh));
        time.Advance(draining.Requests);
        Assert.True(SpinWait.SpinUntil(() => old.Cut.IsCancellationRequested, TimeSpan.FromSeconds(60)));
        Assert.False(fresh.Cut.IsCancellationRequested);
        old.Dispose();
        fresh.Dispose();
        Assert.Equal(0, time.WaitingTimers);
    }

    [Fact]
    public void Requests_and_websockets_each_have_their_time()
    {
        var route = Set("http://127.0.0.1:1").Lifetime;
        Assert.True(route.TryEnter(isWebSocket: false, int.MaxValue, out var request));
        Assert.True(route.TryEnter(isWebSocket: true, int.MaxValue, out var socket));
        table.Remove(Place);
        time.Advance(draining.Requests);
        Assert.True(SpinWait.SpinUntil(() => request.Cut.IsCancellationRequested, TimeSpan.FromSeconds(60)));
        Assert.False(socket.Cut.IsCancellationRequested);
        time.Advance(draining.WebSockets - draining.Requests);
        Assert.True(SpinWait.SpinUntil(() => socket.Cut.IsCancellationRequested, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void Who_found_the_route_before_it_went_may_begin_after_and_keeps_nothing()
    {
        var route = Set("http://127.0.0.1:1").Lifetime;
        table.Remove(Place);
        Assert.True(route.TryEnter(isWebSocket: false, int.MaxValue, out var late));
        Assert.Null(route.Own(() => new Connections()));
        Assert.False(late.Cut.IsCancellationRequested);
        Assert.Equal(1, time.WaitingTimers);
        late.Dispose();
        Assert.Equal(0, time.WaitingTimers);
    }

    [Fact]
    public void No_more_than_there_may_be_are_under_way()
    {
        var route = Set("http://127.0.0.1:1").Lifetime;
        Assert.True(route.TryEnter(isWebSocket: false, 2, out var first));
        Assert.True(route.TryEnter(isWebSocket: true, 2, out _));
        Assert.False(route.TryEnter(isWebSocket: false, 2, out var refused));
        refused.Dispose();
        Assert.False(route.TryEnter(isWebSocket: true, 2, out _));
        first.Dispose();
        Assert.True(route.TryEnter(isWebSocket: false, 2, out _));
    }

    [Fact]
    public async Task What_is_owned_is_made_once_and_closed_however_the_end_meets_it()
    {
        for (var round = 0; round < 500; round++)
        {
            var route = Set("http://127.0.0.1:1").Lifetime;
            var made = 0;
            using var all = new Barrier(4);
            var owners = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
            {
                all.SignalAndWait();
                return route.Own(() =>
                {
                    Interlocked.Increment(ref made);
                    return new Connections();
                });
            })).ToArray();
            all.SignalAndWait();
            table.Remove(Place);
            var owned = await Task.WhenAll(owners);
            Assert.InRange(made, 0, 1);
            Assert.All(owned.OfType<Connections>(), connections => Assert.True(connections.IsClosed));
        }
    }

    [Fact]
    public async Task When_the_host_stops_websockets_are_cut_at_once_and_requests_have_their_time()
    {
        using var stopping = new StoppingHost();
        var stopped = new RouteTable(new RouteDraining(new ForwardingOptions(), time, stopping));
        stopped.Set(Place, _ => new RouteEntry(Place, UpstreamTarget.Of(new Uri("http://127.0.0.1:1")), [], time));
        var route = stopped.Current.Routes.Single().Lifetime;
        Assert.True(route.TryEnter(isWebSocket: false, int.MaxValue, out var request));
        Assert.True(route.TryEnter(isWebSocket: true, int.MaxValue, out var socket));
        await stopping.StopAsync();
        Assert.True(SpinWait.SpinUntil(() => socket.Cut.IsCancellationRequested, TimeSpan.FromSeconds(60)));
        Assert.False(request.Cut.IsCancellationRequested);
        time.Advance(draining.Requests);
        Assert.True(SpinWait.SpinUntil(() => request.Cut.IsCancellationRequested, TimeSpan.FromSeconds(60)));
    }

    private RouteEntry Set(string target)
    {
        table.Set(Place, existing => new RouteEntry(Place, UpstreamTarget.Of(new Uri(target)), [], time, existing));
        return table.Current.Find(Place)!;
    }

    private sealed class Connections : IDisposable
    {
        public bool IsClosed { get; private set; }

        public void Dispose() => IsClosed = true;
    }
}
