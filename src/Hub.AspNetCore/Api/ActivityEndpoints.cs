using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Where servers report that they were used (contract 2.3).</summary>
internal static class ActivityEndpoints
{
    /// <summary>How far a clock may be ahead of the hub's.</summary>
    private static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(59);

    public static void Map(HubRouteTable routes) =>
        routes.Api("POST", "api/users/{user}/activity", Report).RequireScopes(ResourceKind.User, "users:activity")
            .Describe("Notes when a user and the user's servers were last active; times only move forward.").Takes("ActivityBody").Returns(200);

    private static async Task Report(HubRequest request)
    {
        var body = await request.ReadObjectAsync("body must be a json dict") ?? throw HubHttpException.BadRequest("body must be a json dict");
        var latest = request.Get<TimeProvider>().GetUtcNow().UtcDateTime + MaxAhead;
        DateTime? own = body.ContainsKey("last_activity") ? Timestamp(body["last_activity"], latest) : null;
        var servers = Servers(body, latest);
        if (own is null && servers is null)
        {
            throw HubHttpException.BadRequest("body must contain at least one of `last_activity` or `servers`");
        }

        var outcome = await request.Get<ActivityReports>().ApplyAsync(request.Value("user"), own, servers ?? [], request.Aborted);
        if (!outcome.UserExists)
        {
            throw HubHttpException.NotFound($"No such user: {LogText.Bound(request.Value("user"))}");
        }

        if (outcome.UnknownServer is { } unknown)
        {
            throw HubHttpException.BadRequest($"No such server '{LogText.Bound(unknown)}' for user {request.Value("user")}");
        }

        await request.EmptyAsync(200, "application/json");
    }

    private static Dictionary<string, DateTime>? Servers(JsonObject body, DateTime latest)
    {
        if (!body.TryGetPropertyValue("servers", out var node))
        {
            return null;
        }

        if (node is not JsonObject members)
        {
            throw HubHttpException.BadRequest("servers must be a json dict");
        }

        return members.ToDictionary(
            member => member.Key,
            member => member.Value is JsonObject server && server.ContainsKey("last_activity")
                ? Timestamp(server["last_activity"], latest)
                : throw HubHttpException.BadRequest($"servers must name a last_activity for '{LogText.Bound(member.Key)}'"),
            StringComparer.Ordinal);
    }

    private static DateTime Timestamp(JsonNode? node, DateTime latest)
    {
        if (node?.GetValueKind() != JsonValueKind.String
            || !DateTime.TryParse(
                node.GetValue<string>(),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces,
                out var time))
        {
            throw HubHttpException.BadRequest($"Not a valid timestamp: {Shown(node)}");
        }

        if (time > latest)
        {
            throw HubHttpException.BadRequest($"Rejecting activity from more than an hour in the future: {Shown(node)}");
        }

        return time;
    }

    private static string Shown(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "null";
        return text.Length <= 100 ? text : text[..100] + "…";
    }
}
