namespace JupyterHub.Proxy.Tests.Hosts;

/// <summary>Waits for what is bound to come, with patience and without guessing how long it takes.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(5, deadline.Token);
        }
    }

    public static Task Within(Task task) => task.WaitAsync(Patience);

    public static Task<T> Within<T>(Task<T> task) => task.WaitAsync(Patience);
}
