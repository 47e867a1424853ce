using System.Diagnostics;

namespace JupyterHub.IntegrationTests.Harness;

/// <summary>Waits for what must come true; how long it takes is nobody's business, only that it ends.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static async Task<T> GetAsync<T>(string what, Func<Task<T?>> look)
        where T : class
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            if (await look() is { } found)
            {
                return found;
            }

            Assert.True(watch.Elapsed < Patience, $"Waited {Patience.TotalSeconds:0} s in vain: {what}.");
            await Task.Delay(100);
        }
    }

    public static Task TrueAsync(string what, Func<Task<bool>> look) =>
        GetAsync(what, async () => await look() ? "yes" : null);

    public static Task TrueAsync(string what, Func<bool> look) => TrueAsync(what, () => Task.FromResult(look()));
}
