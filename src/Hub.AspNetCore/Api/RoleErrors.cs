using JupyterHub.AspNetCore.Errors;
using JupyterHub.Core.Roles.Changes;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Statuses of changes of roles that were not made.</summary>
internal static class RoleErrors
{
    public static HubHttpException From(RoleChangeException problem) => new(StatusOf(problem.Kind), problem.Message) { RequiredScopes = problem.RequiredScopes };

    public static int StatusOf(RoleChangeError kind) => kind switch
    {
        RoleChangeError.NotFound => 404,
        RoleChangeError.Conflict or RoleChangeError.Stale => 409,
        RoleChangeError.Forbidden => 403,
        _ => 400,
    };
}
