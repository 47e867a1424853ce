using JupyterHub.Core.Addressing;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Servers;

namespace JupyterHub.Core.Services;

/// <summary>Builds the variables that a managed service gets of the hub and the operator (contract 8.1).</summary>
internal sealed class ServiceEnvironment(HubEnvironment environment, HubAddresses addresses)
{
    /// <param name="service">The declaration; its token is set.</param>
    /// <param name="url">Where it is to listen; null if it has no pages.</param>
    /// <exception cref="InvalidOperationException">The hub's listener is not bound yet.</exception>
    public Dictionary<string, string> For(ServiceDeclaration service, Uri? url)
    {
        var prefix = ServiceRoutes.PrefixOf(addresses, service.Name);
        var variables = environment.Common(new HubEnvironment.Client(service.ApiToken!.Reveal(), service.ClientId)
        {
            RedirectUri = service.OauthRedirectUri ?? (url is null ? "" : prefix + "oauth_callback"),
            AccessScopes = ["access:services", $"access:services!service={service.Name}"],
            AllowedScopes = service.OauthClientAllowedScopes,
            UserName = service.User ?? "",
            PublicPath = url is null ? null : prefix,
            ApiOrigin = addresses.ConnectUrl,
        });
        foreach (var (name, value) in service.Environment)
        {
            variables[name] = value;
        }

        // By these a service knows itself: not even the operator says otherwise.
        variables["JUPYTERHUB_SERVICE_NAME"] = service.Name;
        if (url is not null)
        {
            variables["JUPYTERHUB_SERVICE_URL"] = url.OriginalString;
            variables["JUPYTERHUB_SERVICE_PREFIX"] = prefix;
        }

        return variables;
    }
}
