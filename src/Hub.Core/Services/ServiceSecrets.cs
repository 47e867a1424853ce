using System.Security.Cryptography;
using System.Text;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;

namespace JupyterHub.Core.Services;

/// <summary>Gives services that the hub runs the token that the configuration leaves out.</summary>
/// <remarks>
/// Made of the hub's own secret and the service's name: all hubs on one database give the same service the same token, and a restart
/// of one does not take it from a service that another one runs.
/// </remarks>
internal static class ServiceSecrets
{
    private const string Purpose = "token of a managed service: ";
    private const int TokenBytes = 16;

    public static void Complete(IEnumerable<ServiceDeclaration> services, CookieSecret secret)
    {
        foreach (var service in services.Where(service => service.IsManaged && service.ApiToken is null))
        {
            var made = HMACSHA256.HashData(secret.Key, Encoding.UTF8.GetBytes(Purpose + service.Name));
            service.ApiToken = new HubSecret(Convert.ToHexStringLower(made.AsSpan(0, TokenBytes)));
            service.HasMadeToken = true;
        }
    }
}
