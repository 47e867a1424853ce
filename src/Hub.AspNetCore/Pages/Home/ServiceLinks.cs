using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Services;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages.Home;

/// <summary>The services with a page of their own that are not hidden and that a person may open.</summary>
internal sealed class ServiceLinks(ServiceListing services, HubAddresses addresses)
{
    public async Task<IReadOnlyList<ServiceLink>> ListAsync(Requester visitor, CancellationToken cancellationToken)
    {
        if (!visitor.Authority.Permissions.Holds("access:services"))
        {
            return [];
        }

        var found = await services.ListAsync(visitor.Authority.Permissions.FiltersOf("access:services"), cancellationToken);
        return
        [
            .. found
                .Where(service => service is { Display: not false, Url.Length: > 0 } && visitor.Allows("access:services", Resource.Service(service.Name)))
                .Select(service => new ServiceLink(service.Name, ServiceRoutes.PrefixOf(addresses, service.Name))),
        ];
    }
}
