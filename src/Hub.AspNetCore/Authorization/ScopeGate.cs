using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Authorization;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Authorization;

/// <summary>Asks the scope engine whether the requester may call an endpoint (contract 4.8).</summary>
internal static class ScopeGate
{
    /// <exception cref="HubHttpException">403: nobody known asks; otherwise as below.</exception>
    public static void Check(HubRequest request)
    {
        if (request.Requester is { } requester)
        {
            Check(request, requester);
        }
        else if (request.Route.Scopes is { } required)
        {
            throw Refusal(403, HubHttpException.MissingCredentials, required, ResourceOf(request, required));
        }
        else
        {
            _ = request.Known;
        }
    }

    /// <exception cref="HubHttpException">
    /// 404 where the requester holds a scope for other entities (whether this one exists is not for them to know), otherwise 403.
    /// </exception>
    public static void Check(HubRequest request, Requester requester)
    {
        if (request.Route.Scopes is not { } required)
        {
            return;
        }

        Check(requester, required, ResourceOf(request, required));
    }

    /// <summary>Asks for a scope besides those of the endpoint: where it is about two things, or about what its path does not name.</summary>
    /// <inheritdoc cref="Check(HubRequest, Requester)" path="/exception"/>
    public static void Require(Requester requester, Resource? resource, params string[] scopes) =>
        Check(requester, new ScopeRequirement(scopes, resource?.Kind), resource);

    private static void Check(Requester requester, ScopeRequirement required, Resource? resource)
    {
        var isAllowed = required.IsAnyFilterEnough
            ? required.Scopes.Any(requester.Authority.Permissions.Holds)
            : required.Scopes.Any(scope => resource is { } entity ? requester.Allows(scope, entity) : requester.Allows(scope));
        if (isAllowed)
        {
            return;
        }

        throw resource is not null && required.Scopes.Any(requester.Authority.Permissions.Holds)
            ? Refusal(404, "No access to resources or resources not found", required, resource)
            : Refusal(403, $"Action is not authorized with current scopes; requires any of [{string.Join(", ", required.Scopes)}]", required, resource);
    }

    private static Resource? ResourceOf(HubRequest request, ScopeRequirement required) =>
        required.Filter is { } kind ? request.PathResource(kind) : null;

    private static HubHttpException Refusal(int status, string message, ScopeRequirement required, Resource? resource) => new(status, message)
    {
        RequiredScopes = RequiredScopes.For(required.Scopes, resource),
    };
}
