using JupyterHub.Core.OAuth;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Services;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Rows in all tables that a service leaves something in.</summary>
internal static class ServiceTraces
{
    public static async Task<(int Services, int Servers, int Clients, int Codes, int Tokens, int Roles, int Origins)> CountAsync(HubHost host) => (
        (await host.Data.ListAsync<HubService>()).Count,
        (await host.Data.ListAsync<HubServer>()).Count,
        (await host.Data.ListAsync<OAuthClient>()).Count,
        (await host.Data.ListAsync<OAuthCode>()).Count,
        (await host.Data.ListAsync<HubToken>()).Count,
        (await host.Data.ListAsync<ServiceRole>()).Count,
        (await host.Data.ListAsync<ServiceRoleOrigin>()).Count);
}
