using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JupyterHub.AspNetCore.Routing;

namespace JupyterHub.AspNetCore.Tests.Authorization;

/// <summary>An endpoint of the original (endpoints.json), and how it is found among ours.</summary>
internal sealed partial record RecordedEndpoint(string Method, string Path, IReadOnlyList<string> Scopes, string Notes, bool IsListing)
{
    public static IReadOnlyList<RecordedEndpoint> All { get; } =
    [
        .. JsonNode.Parse(File.ReadAllText(Repository.Data("endpoints.json")))!.AsArray().Select(row => new RecordedEndpoint(
            (string)row!["method"]!,
            (string)row["path"]!,
            [.. row["scopes"]!.AsArray().Select(scope => (string)scope!)],
            (string)row["notes"]!,
            (bool)row["filtered_listing"]!)),
    ];

    /// <summary>The API's endpoints; pages, and what holds for any path, are left out.</summary>
    public static IEnumerable<RecordedEndpoint> Api => All.Where(endpoint => endpoint.Path.StartsWith('/') && !endpoint.Path.StartsWith("/{", StringComparison.Ordinal));

    public string Key => $"{Method} {Normalize(Path)}";

    /// <summary>The kind of filter that the path turns into; <c>none</c> or <c>any</c>.</summary>
    public string Filter => IsListing || Notes.Contains("any filter", StringComparison.Ordinal) ? "any"
        : Notes.Contains("use user filter", StringComparison.Ordinal) ? "user"
        : FilterPattern().Match(Notes) is { Success: true } match ? match.Groups[1].Value
        : FilterOfPath(Normalize(Path), Path);

    public static string KeyOf(HubRoute route) => $"{route.Method} {Normalize(route.Pattern["api".Length..])}";

    /// <summary>The rule of contract 4.8 for a path: a server before its user, then user, group, service.</summary>
    public static string FilterOfPath(string normalized, string path) =>
        normalized.StartsWith("/users/{}/server", StringComparison.Ordinal) || normalized.StartsWith("/share", StringComparison.Ordinal) && normalized.EndsWith("/{}/{}", StringComparison.Ordinal) ? "server"
        : path.StartsWith("/users/{", StringComparison.Ordinal) || path.StartsWith("/share", StringComparison.Ordinal) ? "user"
        : path.StartsWith("/groups/{", StringComparison.Ordinal) ? "group"
        : path.StartsWith("/services/{", StringComparison.Ordinal) ? "service"
        : HolderPattern().Match(path) is { Success: true } holder ? holder.Groups[1].Value
        : "none";

    /// <summary>Names of parameters do not count; an empty segment is the default server's name.</summary>
    private static string Normalize(string path) => path is "" or "/" ? "/"
        : string.Join('/', path.Split('/').Select((part, index) => index > 0 && (part.Length == 0 || part.StartsWith('{')) ? "{}" : part));

    /// <summary>Roles are given to somebody: <c>/roles/{role}/users/{user}</c>.</summary>
    [GeneratedRegex(@"^/roles/\{\w*\}/(user|group|service)s/")]
    private static partial Regex HolderPattern();

    [GeneratedRegex(@"filter (user|group|server|service)\b")]
    private static partial Regex FilterPattern();
}
