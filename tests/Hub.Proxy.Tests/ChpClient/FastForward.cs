using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.ChpClient;

/// <summary>Lets waits pass quickly, as many of them as a call makes.</summary>
internal static class FastForward
{
    // Longer than any pause between two attempts, shorter than the time that an attempt has: however slow the machine is,
    // an answer that is on its way is waited for on the real clock.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    public static async Task<T> ThroughAsync<T>(this FakeTime time, Task<T> call, TimeSpan? longest = null)
    {
        await ThroughAsync(time, (Task)call, longest);
        return await call;
    }

    public static async Task ThroughAsync(this FakeTime time, Task call, TimeSpan? longest = null)
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        while (!call.IsCompleted)
        {
            if (time.UntilNextTimer is { } next && next <= (longest ?? LongestPause))
            {
                time.Advance(next);
            }

            await Task.WhenAny(call, Task.Delay(5, deadline.Token));
            deadline.Token.ThrowIfCancellationRequested();
        }

        await call;
    }
}
