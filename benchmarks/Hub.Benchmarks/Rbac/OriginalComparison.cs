using System.Diagnostics;
using System.Text.Json;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Benchmarks.Rbac;

/// <summary>Our side of <c>benchmarks/compare-scopes</c>: times the workload that the original is timed with.</summary>
internal static class OriginalComparison
{
    public const string Name = "compare-scopes";

    private const int Rounds = 9;
    private const int OthersWithGroups = 1000;

    private static readonly ScopeEngine Engine = ScopeEngine.BuiltIn;

    // What is computed must seem to be needed.
    private static object? kept;

    public static void Run(string workloadFile)
    {
        using var workload = JsonDocument.Parse(File.ReadAllText(workloadFile));
        var root = workload.RootElement;
        string[] Texts(string name) => root.GetProperty(name).EnumerateArray().Select(item => item.GetString()!).ToArray();
        PermissionSet Expand(string name) => Engine.Expand(Texts(name));

        var user = root.GetProperty("user").GetString()!;
        var owner = ScopeOwner.User(user);
        var groups = Enumerable.Range(0, root.GetProperty("groups_of_user").GetInt32()).Select(number => $"course-{number:D3}");
        var others = Enumerable.Range(0, OthersWithGroups).Select(number => KeyValuePair.Create($"student-{number}", $"course-{number % root.GetProperty("groups").GetInt32():D3}"));
        var membership = new MembershipSnapshot(1, [.. groups.Select(group => KeyValuePair.Create(user, group)), .. others]);
        var (adminText, tokenText) = (Texts("admin"), Texts("token"));
        var (admin, own, first, second, byUser, byGroup) = (Expand("admin"), Expand("own"), Expand("first"), Expand("second"), Expand("by_user"), Expand("by_group"));
        var scope = Engine.Catalog[root.GetProperty("scope").GetString()!];
        var resource = Resource.User(new string(user.AsSpan()));
        if (!byUser.Allows(scope, resource, membership) || !byGroup.Allows(scope, resource, membership))
        {
            throw new InvalidOperationException("The workload's decisions must allow.");
        }

        var figures = new Dictionary<string, double>
        {
            ["expand_admin"] = Median(() => kept = Engine.Expand(adminText)),
            ["intersect_admin_own"] = Median(() => kept = Engine.Intersect(admin, own, membership)),
            ["intersect_50_50"] = Median(() => kept = Engine.Intersect(first, second, membership)),
            ["limited_token"] = Median(() => kept = Engine.ForToken(tokenText, owner, null, own, membership)),
            ["decide_user"] = MedianOf(() => byUser.Allows(scope, resource, membership)),
            ["decide_group"] = MedianOf(() => byGroup.Allows(scope, resource, membership)),
        };
        Console.WriteLine(JsonSerializer.Serialize(new { microseconds = figures }));
    }

    private static double MedianOf(Func<bool> decide) => Median(() =>
    {
        if (!decide())
        {
            throw new InvalidOperationException("The workload's decisions must allow.");
        }
    });

    /// <summary>Median over rounds of the mean of a call, in microseconds, once the code is compiled for good.</summary>
    private static double Median(Action operation)
    {
        const int Calls = 100_000;
        Round(operation, Calls);
        Round(operation, Calls);
        var rounds = Enumerable.Range(0, Rounds).Select(_ => Round(operation, Calls)).Order().ToArray();
        return rounds[Rounds / 2];
    }

    private static double Round(Action operation, int calls)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var call = 0; call < calls; call++)
        {
            operation();
        }

        return Stopwatch.GetElapsedTime(begin).TotalMicroseconds / calls;
    }
}
