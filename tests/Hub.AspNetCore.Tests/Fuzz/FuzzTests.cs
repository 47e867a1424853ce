using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace JupyterHub.AspNetCore.Tests.Fuzz;

/// <summary>
/// Ten thousand requests with something wrong with them: none makes the hub fail, hang, answer in another form, talk too much into its
/// log, or spoil its database. HUB_FUZZ_SEED and HUB_FUZZ_REQUESTS choose others.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Workers = 4;

    /// <summary>After so many requests there is not much left to ask about.</summary>
    private const int RequestsBetweenRepairs = 200;

    [Fact]
    public async Task Whatever_is_sent_the_hub_answers_in_order_and_stays_sound()
    {
        var seed = Setting("HUB_FUZZ_SEED", 20_240_717);
        var requests = Setting("HUB_FUZZ_REQUESTS", 10_000);
        var watch = Stopwatch.StartNew();
        await using var hub = await FuzzHub.StartAsync();
        var faults = new List<string>();
        var statuses = new SortedDictionary<int, int>();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            var maker = hub.Requests();
            using var connection = new FuzzConnection(hub.Host.Url);
            for (var number = worker; number < requests; number += Workers)
            {
                if (number % RequestsBetweenRepairs == 0)
                {
                    await hub.PopulateAsync();
                }

                var request = maker.Make(new Random(Mix(seed, number)));
                var (status, fault) = await TryAsync(hub, connection, request);
                lock (faults)
                {
                    statuses[status] = statuses.GetValueOrDefault(status) + 1;
                    if (fault is not null)
                    {
                        faults.Add($"request {number}: {fault[..Math.Min(fault.Length, 800)]}\n{request}\n");
                    }
                }
            }
        })));

        output.WriteLine($"seed {seed}: {string.Join(", ", statuses.Select(pair => $"{pair.Key}: {pair.Value}"))}; {hub.Logs.Count} lines; {hub.Check.Succeeded.Count} endpoints did something; {watch.Elapsed}");
        faults.AddRange(await FaultsAfterwardsAsync(hub));
        Assert.True(faults.Count == 0, $"HUB_FUZZ_SEED={seed}: {faults.Count} faults\n{string.Join('\n', faults.Take(15))}");

        var missing = hub.Check.Missing.ToList();
        output.WriteLine($"never done: {string.Join(", ", missing)}");

        // Requests of which nearly all are refused at the door would show nothing.
        Assert.True(missing.Count < 36 || requests < 10_000, $"{missing.Count} endpoints never did what they are for");
    }

    /// <summary>Seeds that follow each other give generators that begin alike, so they are spread (splitmix64).</summary>
    private static int Mix(int seed, int number)
    {
        unchecked
        {
            var mixed = (((ulong)(uint)seed << 32) | (uint)number) + 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (int)(mixed ^ (mixed >> 31));
        }
    }

    private static int Setting(string name, int byDefault) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : byDefault;

    private static async Task<(int Status, string? Fault)> TryAsync(FuzzHub hub, FuzzConnection connection, FuzzRequest request)
    {
        try
        {
            // What the platform may take for the end of the request leaves a connection that nobody knows the state of.
            var isOdd = (request.Target + request.Headers).Any(letter => letter is > '~' or '\t' or '#') || request.Target.Contains(' ', StringComparison.Ordinal);
            var answer = await connection.SendAsync(request.ToBytes(hub.Host.Url), request.Method == "HEAD", isOdd);
            lock (hub.Check)
            {
                return (answer.Status, hub.Check.Fault(request, answer));
            }
        }
        catch (Exception problem)
        {
            connection.Dispose();
            return (0, $"no answer: {problem.Message}");
        }
    }

    private static async Task<IReadOnlyList<string>> FaultsAfterwardsAsync(FuzzHub hub)
    {
        // The hub still does what it is for.
        foreach (var (method, target, status) in new[]
        {
            ("POST", "users/afterwards", 201), ("POST", "users/afterwards/server", 201), ("GET", "users/afterwards/server", 200), ("DELETE", "users/afterwards/server", 204),
            ("POST", "users/afterwards/tokens", 201), ("DELETE", "users/afterwards", 204), ("GET", "users", 200), ("GET", "proxy", 200),
        })
        {
            Assert.Equal($"{method} {target}: {status}", $"{method} {target}: {await hub.StatusAsync(method, target)}");
        }

        return [.. await DatabaseCheck.FaultsAsync(hub.Host), .. hub.Logs.Faults(hub.Secrets).Distinct(StringComparer.Ordinal)];
    }
}
