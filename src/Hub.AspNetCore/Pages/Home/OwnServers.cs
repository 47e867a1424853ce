using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages.Home;

/// <summary>What the forms of the home page are about: a server of whoever sends them.</summary>
internal static class OwnServers
{
    /// <summary>The server that the path names, if the visitor holds the scope for it.</summary>
    /// <exception cref="HubHttpException">403: they do not.</exception>
    public static ServerKey Key(HubRequest request, string scope)
    {
        var key = new ServerKey(request.Known.Name, request.Value("server"));
        Require(request, scope, key.ServerName);
        return key;
    }

    /// <exception cref="HubHttpException">403: the visitor does not hold the scope for that server.</exception>
    public static void Require(HubRequest request, string scope, string serverName)
    {
        var resource = Resource.Server(request.Known.Name, serverName);
        if (!request.Known.Allows(scope, resource))
        {
            throw new HubHttpException(403, $"Action is not authorized with current scopes; requires any of [{scope}]")
            {
                RequiredScopes = RequiredScopes.For([scope], resource),
            };
        }
    }
}
