using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Authorization;

namespace JupyterHub.AspNetCore.Authorization;

/// <summary>Asks the scope engine whether the requester may call an endpoint (contract 4.8).</summary>
internal static class ScopeGate
{
    /// <exception cref="HubHttpException">
    /// 404 where the requester holds a scope for other entities (whether this one exists is not for them to know), otherwise 403.
    /// </exception>
    public static void Check(HubRequest request, Requester requester)
    {
        if (request.Route.Scopes is not { } required)
        {
            return;
        }

        var resource = required.Filter is { } kind ? request.PathResource(kind) : null;
        var isAllowed = required.IsAnyFilterEnough
            ? required.Scopes.Any(requester.Authority.Permissions.Holds)
            : required.Scopes.Any(scope => resource is { } entity ? requester.Allows(scope, entity) : requester.Allows(scope));
        if (isAllowed)
        {
            return;
        }

        if (resource is not null && required.Scopes.Any(requester.Authority.Permissions.Holds))
        {
            throw HubHttpException.NotFound("No access to resources or resources not found");
        }

        throw HubHttpException.Forbidden($"Action is not authorized with current scopes; requires any of [{string.Join(", ", required.Scopes)}]");
    }
}
