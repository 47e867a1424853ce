namespace JupyterHub.Testing;

/// <summary>Waits for what must come, with a deadline that only a defect reaches.</summary>
public static class Eventually
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(180);

    public static Task TrueAsync(Func<bool> condition) => TrueAsync("a condition", condition);

    public static Task TrueAsync(Func<Task<bool>> condition) => TrueAsync("a condition", condition);

    public static Task TrueAsync(string what, Func<bool> condition) => TrueAsync(what, () => Task.FromResult(condition()));

    public static Task TrueAsync(string what, Func<Task<bool>> condition) => GetAsync(what, async () => await condition() ? "yes" : null);

    /// <summary>Looks again and again until there is something to return.</summary>
    public static async Task<T> GetAsync<T>(string what, Func<Task<T?>> look)
        where T : class
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            if (await look() is { } found)
            {
                return found;
            }

            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"Waited {Deadline.TotalSeconds:0} s in vain for {what}.");
            }

            await Task.Delay(10, CancellationToken.None);
        }
    }

    public static Task Within(Task task) => task.WaitAsync(Deadline);

    public static Task<T> Within<T>(Task<T> task) => task.WaitAsync(Deadline);
}
