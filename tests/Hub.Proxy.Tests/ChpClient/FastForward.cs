using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.ChpClient;

/// <summary>Lets waits pass quickly, as many of them as a call makes.</summary>
internal static class FastForward
{
    public static async Task<T> ThroughAsync<T>(this FakeTime time, Task<T> call)
    {
        await ThroughAsync(time, (Task)call);
        return await call;
    }

    public static async Task ThroughAsync(this FakeTime time, Task call)
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        while (!call.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(call, Task.Delay(5, deadline.Token));
            deadline.Token.ThrowIfCancellationRequested();
        }

        await call;
    }
}
