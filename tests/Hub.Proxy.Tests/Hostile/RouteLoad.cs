using System.Collections.Concurrent;
using System.Globalization;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>Requests to routes that stay and to routes that come, go and move, each answer looked at.</summary>
internal sealed class RouteLoad(TwoUsers users, int most)
{
    private const int Stable = 20;
    private const int Changing = 500;

    private readonly ConcurrentQueue<string> wrong = new();
    private int sent;
    private int answeredByChanging;
    private volatile bool isStopped;

    /// <summary>How many requests were sent.</summary>
    public int Requests => Math.Min(sent, most);

    public async Task PrepareAsync()
    {
        for (var user = 0; user < Stable; user++)
        {
            await users.RouteAsync($"/user/stable{user}", ServerOf(user).Url);
        }
    }

    public void Stop() => isStopped = true;

    /// <summary>Adds, moves or removes a route; now and then looks whether the next request notices.</summary>
    public async Task ChangeAsync(int change)
    {
        // Each writer has users of its own, so that it knows what is so.
        var user = change % Changing;
        var server = (change / Changing % 3) switch { 0 => users.Ada, 1 => users.Eve, _ => null };
        if (server is null)
        {
            await users.RemoveRouteAsync($"/user/changing{user}");
        }
        else
        {
            await users.RouteAsync($"/user/changing{user}", server.Url);
        }

        if (change % 50 == 0)
        {
            var target = $"/user/changing{user}/look{change}";
            var answer = await users.Client.GetStringOrStatusAsync(target);
            Note(server is null ? IsMissing(answer) : answer == $"200 {server.Name} {target}", target, answer);
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
            var answer = await users.Client.GetStringOrStatusAsync(target);
            if (isStable)
            {
                Note(answer == $"200 {ServerOf(user).Name} {target}", target, answer);
                continue;
            }

            var isAnswered = answer == $"200 ada {target}" || answer == $"200 eve {target}";
            Note(isAnswered || IsMissing(answer), target, answer);
            Interlocked.Add(ref answeredByChanging, isAnswered ? 1 : 0);
        }
    }

    public void Check()
    {
        Assert.Empty(wrong);
        Assert.True(answeredByChanging > 100, "the changing routes were hardly ever there");
    }

    // The hub's answer, or the proxy's own page.
    private static bool IsMissing(string answer) => answer.StartsWith("404 ", StringComparison.Ordinal);

    private StrictServer ServerOf(int user) => user % 2 == 0 ? users.Ada : users.Eve;

    private void Note(bool isRight, string target, string answer)
    {
        if (!isRight && wrong.Count < 20)
        {
            wrong.Enqueue($"{target}: {answer}");
        }
    }
}
