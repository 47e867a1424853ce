using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Roles.Changes;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.AspNetCore.Api;

/// <summary>The bodies of requests that change roles: every key is checked by name, type and size.</summary>
internal sealed class RoleBody(TimeProvider time)
{
    private const int MostScopes = 1_000;
    private const int MostHolders = 1_000;
    private const int LongestName = 255;
    private const int LongestScope = 2048;
    private const int LongestDescription = 1023;
    private const string ExpiresAt = "expires_at";
    private const string ExpiresIn = "expires_in";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(365_00);

    /// <param name="body">The body.</param>
    /// <param name="name">The name in the path; null where the body has it.</param>
    public CreateRole Create(JsonObject? body, string? name)
    {
        BodyValues.CheckKeys(body, "name", "description", "scopes", "users", "groups", "services", ExpiresAt, ExpiresIn);
        var named = BodyValues.Text(body, "name", LongestName);
        if (named is not null && name is not null && named != name)
        {
            throw HubHttpException.BadRequest("name must be the one in the path, or be left out");
        }

        return new CreateRole(name ?? named ?? throw HubHttpException.BadRequest("name must be given"))
        {
            Description = BodyValues.Text(body, "description", LongestDescription),
            Scopes = BodyValues.Texts(body, "scopes", MostScopes, LongestScope) ?? [],
            ExpiresAt = Expiry(body),
            Holders =
            [
                .. Names(body, "users").Select(ScopeOwner.User),
                .. Names(body, "groups").Select(ScopeOwner.Group),
                .. Names(body, "services").Select(ScopeOwner.Service),
            ],
        };
    }

    public ChangeRole Change(JsonObject? body, string name)
    {
        BodyValues.CheckKeys(body, "name", "description", "scopes", ExpiresAt, ExpiresIn);
        if (BodyValues.Text(body, "name", LongestName) is { } other && other != name)
        {
            throw HubHttpException.BadRequest("A role cannot be renamed: other programs know it by its name. Make a new one.");
        }

        return new ChangeRole(name)
        {
            HasDescription = body?.ContainsKey("description") ?? false,
            Description = BodyValues.Text(body, "description", LongestDescription),
            Scopes = BodyValues.Texts(body, "scopes", MostScopes, LongestScope),
            HasExpiry = HasExpiry(body),
            ExpiresAt = Expiry(body),
        };
    }

    public AssignRole Assign(JsonObject? body, string name, ScopeOwner holder)
    {
        BodyValues.CheckKeys(body, ExpiresAt, ExpiresIn);
        return new AssignRole(name, holder) { HasExpiry = HasExpiry(body), ExpiresAt = Expiry(body) };
    }

    private static IEnumerable<string> Names(JsonObject? body, string key) => BodyValues.Texts(body, key, MostHolders, LongestName) ?? [];

    private static bool HasExpiry(JsonObject? body) => body is not null && (body.ContainsKey(ExpiresAt) || body.ContainsKey(ExpiresIn));

    private DateTime? Expiry(JsonObject? body)
    {
        var (at, within) = (body?[ExpiresAt], body?[ExpiresIn]);
        if (at is not null && within is not null)
        {
            throw HubHttpException.BadRequest($"{ExpiresAt} and {ExpiresIn} say the same; give one of them");
        }

        var now = time.GetHubTime();
        DateTime? end = within is null ? BodyValues.Text(body, ExpiresAt, LongestName) is { } text ? Moment(text) : null : now + Duration(within);
        return end > now + Longest ? throw HubHttpException.BadRequest("What expires must do so within a hundred years; leave it out for never") : end;
    }

    private static DateTime Moment(string text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? HubTime.Normalize(moment)
            : throw HubHttpException.BadRequest($"Not a valid timestamp: {LogText.Bound(text)}");

    private static TimeSpan Duration(JsonNode node) =>
        node.GetValueKind() == JsonValueKind.Number && node.AsValue().TryGetValue(out double seconds) && seconds > 0 && seconds <= Longest.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw HubHttpException.BadRequest($"{ExpiresIn} must be a positive number of seconds, of a hundred years at most");
}
