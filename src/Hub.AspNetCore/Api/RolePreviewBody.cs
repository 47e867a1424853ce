using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.Core.Roles.Changes;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.AspNetCore.Api;

/// <summary>
/// The body of a question what a change would do: its <c>action</c>, the <c>role</c>'s name, for <c>create</c>, <c>change</c> and
/// <c>assign</c> the body that the change itself would have, and for <c>assign</c> and <c>remove</c> whom it concerns.
/// </summary>
internal static class RolePreviewBody
{
    private const int LongestName = 255;

    public static RoleRequest Parse(JsonObject? body, TimeProvider time)
    {
        BodyValues.CheckKeys(body, "action", "role", "body", "user", "group", "service");
        var name = BodyValues.Text(body, "role", LongestName) ?? throw HubHttpException.BadRequest("role must be given");
        var change = body!["body"] switch
        {
            null => null,
            JsonObject members => members,
            _ => throw HubHttpException.BadRequest("body must be an object"),
        };
        var parser = new RoleBody(time);
        return BodyValues.Text(body, "action", LongestName) switch
        {
            "create" => parser.Create(change, name),
            "change" => parser.Change(change, name),
            "delete" => new DeleteRole(name),
            "assign" => parser.Assign(change, name, Holder(body)),
            "remove" => new RemoveRole(name, Holder(body)),
            _ => throw HubHttpException.BadRequest("action must be one of create, change, delete, assign, remove"),
        };
    }

    private static ScopeOwner Holder(JsonObject body) =>
        (BodyValues.Text(body, "user", LongestName), BodyValues.Text(body, "group", LongestName), BodyValues.Text(body, "service", LongestName)) switch
        {
            ({ } user, null, null) => ScopeOwner.User(user),
            (null, { } group, null) => ScopeOwner.Group(group),
            (null, null, { } service) => ScopeOwner.Service(service),
            _ => throw HubHttpException.BadRequest("Name one user, group or service"),
        };
}
