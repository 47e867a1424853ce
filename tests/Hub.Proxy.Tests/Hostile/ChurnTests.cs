using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>Routes come, go and move while requests run: every answer comes from a server that its route names, and none is missing.</summary>
[Collection(nameof(Alone))]
public class ChurnTests
{
    private const int Stable = 20;
    private const int Changing = 500;

    [Theory]
    [InlineData(ForwardingPath.Yarp)]
    [InlineData(ForwardingPath.Direct)]
    public async Task Twenty_thousand_changes_beside_fifty_thousand_requests_misroute_none(ForwardingPath path)
    {
        await using var users = await TwoUsers.OpenAsync(path);
        var load = new Load(users, 50_000);
        await load.PrepareAsync();
        var clients = Enumerable.Range(0, 12).Select(_ => load.RequestAsync()).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 2).Select(half => Task.Run(async () =>
        {
            for (var change = half; change < 20_000; change += 2)
            {
                await load.ChangeAsync(change);
            }
        })));
        await Task.WhenAll(clients);
        load.Check();
    }

    [Theory]
    [Trait("Category", "Soak")]
    [InlineData(ForwardingPath.Yarp)]
    [InlineData(ForwardingPath.Direct)]
    public async Task A_thousand_changes_a_second_for_thirty_seconds_misroute_none(ForwardingPath path)
    {
        await using var users = await TwoUsers.OpenAsync(path);
        var load = new Load(users, int.MaxValue);
        await load.PrepareAsync();
        var clients = Enumerable.Range(0, 12).Select(_ => load.RequestAsync()).ToArray();
        var watch = Stopwatch.StartNew();
        for (var change = 0; change < 30_000; change++)
        {
            await load.ChangeAsync(change);
            if (TimeSpan.FromMilliseconds(change) - watch.Elapsed is { Ticks: > 0 } early)
            {
                await Task.Delay(early);
            }
        }

        load.Stop();
        await Task.WhenAll(clients);
        load.Check();
    }

    private sealed class Load(TwoUsers users, int most)
    {
        private readonly ConcurrentQueue<string> wrong = new();
        private readonly ConcurrentDictionary<int, StrictServer?> now = new();
        private int sent;
        private int answeredByChanging;
        private volatile bool isStopped;

        public async Task PrepareAsync()
        {
            for (var user = 0; user < Stable; user++)
            {
                await users.Proxy.RouteAsync($"/user/stable{user}/", ServerOf(user).Url);
            }
        }

        public void Stop() => isStopped = true;

        /// <summary>Adds, moves or removes a route; now and then looks whether the next request notices.</summary>
        public async Task ChangeAsync(int change)
        {
            // Each half of the writers has users of its own, so that it knows what is so.
            var user = change % Changing;
            var server = (change / Changing % 3) switch { 0 => users.Ada, 1 => users.Eve, _ => null };
            if (server is null)
            {
                await users.Proxy.Proxy.RemoveRouteAsync($"/user/changing{user}/", CancellationToken.None);
            }
            else
            {
                await users.Proxy.RouteAsync($"/user/changing{user}/", server.Url);
            }

            now[user] = server;
            if (change % 50 == 0)
            {
                var target = $"/user/changing{user}/look{change}";
                var answer = await users.Proxy.Client.GetStringOrStatusAsync(target);
                Note(answer == (server is null ? "404 hub" : $"200 {server.Name} {target}"), target, answer);
            }
        }

        public async Task RequestAsync()
        {
            await Task.Yield();
            for (int number; !isStopped && (number = Interlocked.Increment(ref sent)) <= most;)
            {
                var isStable = number % 2 == 0;
                var user = number / 2 % (isStable ? Stable : Changing);
                var target = $"/user/{(isStable ? "stable" : "changing")}{user}/{number.ToString(CultureInfo.InvariantCulture)}";
                var answer = await users.Proxy.Client.GetStringOrStatusAsync(target);
                if (isStable)
                {
                    Note(answer == $"200 {ServerOf(user).Name} {target}", target, answer);
                    continue;
                }

                var isAnswered = answer == $"200 ada {target}" || answer == $"200 eve {target}";
                Note(isAnswered || answer == "404 hub", target, answer);
                Interlocked.Add(ref answeredByChanging, isAnswered ? 1 : 0);
            }
        }

        public void Check()
        {
            Assert.Empty(wrong);
            Assert.True(answeredByChanging > 100, "the changing routes were hardly ever there");
        }

        private StrictServer ServerOf(int user) => user % 2 == 0 ? users.Ada : users.Eve;

        private void Note(bool isRight, string target, string answer)
        {
            if (!isRight && wrong.Count < 20)
            {
                wrong.Enqueue($"{target}: {answer}");
            }
        }
    }
}
