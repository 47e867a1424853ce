using JupyterHub.AspNetCore.Authorization;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Authorization;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages.Tokens;

/// <summary>Whether a person may see and change their own tokens, as the API has it.</summary>
internal static class OwnTokens
{
    public static bool MayRead(Requester visitor) => visitor.Allows("read:tokens", Resource.User(visitor.Name));

    public static bool MayChange(Requester visitor) => visitor.Allows("tokens", Resource.User(visitor.Name));

    /// <exception cref="Errors.HubHttpException">403: the visitor may not.</exception>
    public static void RequireChange(HubRequest request) => ScopeGate.Require(request.Known, Resource.User(request.Known.Name), "tokens");
}
