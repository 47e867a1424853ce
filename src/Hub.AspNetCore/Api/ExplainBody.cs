using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Roles.Questions;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.AspNetCore.Api;

/// <summary>
/// The body of a question about permissions: <c>user</c> or <c>service</c> whom it is about (nobody: the calling credential), and the
/// <c>scope</c> with its filter, or without one and with a <c>resource</c> in the filter's form, such as <c>server=ada/lab</c>.
/// </summary>
internal static class ExplainBody
{
    private const int LongestName = 255;
    private const int LongestScope = 2048;

    public static AccessQuestion Parse(JsonObject? body, Requester requester, ScopeCatalog catalog)
    {
        BodyValues.CheckKeys(body, "user", "service", "scope", "resource");
        var user = BodyValues.Text(body, "user", LongestName);
        var service = BodyValues.Text(body, "service", LongestName);
        if (user is not null && service is not null)
        {
            throw HubHttpException.BadRequest("A question is about a user or about a service; leave one of them out");
        }

        ScopeOwner? who = user is not null ? ScopeOwner.User(user) : service is not null ? ScopeOwner.Service(service) : null;
        var text = BodyValues.Text(body, "scope", LongestScope) ?? throw HubHttpException.BadRequest("scope must be given");
        if (BodyValues.Text(body, "resource", LongestScope) is { } filter)
        {
            if (text.Contains('!', StringComparison.Ordinal))
            {
                throw HubHttpException.BadRequest("scope has a filter already; leave resource out");
            }

            text = $"{text}!{filter}";
        }

        if (!catalog.TryParse(text, out var scope, out var error))
        {
            throw HubHttpException.BadRequest(error.Message);
        }

        return new AccessQuestion(who, scope.Scope.Name, ResourceOf(scope, who ?? SelfOf(requester)));
    }

    private static ScopeOwner SelfOf(Requester requester) => requester.IsUser ? ScopeOwner.User(requester.Name) : ScopeOwner.Service(requester.Name);

    /// <summary>The entity that a filter names; a short filter means the one whom the question is about.</summary>
    private static Resource? ResourceOf(FilteredScope scope, ScopeOwner who)
    {
        if (scope.Filter is not { } kind)
        {
            return null;
        }

        if (scope.TryGetResource(out var resource))
        {
            return resource;
        }

        return scope.IsShort && kind == who.Kind
            ? kind == ResourceKind.User ? Resource.User(who.Name) : Resource.Service(who.Name)
            : throw HubHttpException.BadRequest("The filter names nobody here; write it out, such as server=owner/name");
    }
}
