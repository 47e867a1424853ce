using System.Text.Json.Nodes;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Services;

/// <summary>Makes the services of the configuration exactly those that it declares. Services made at run time stay as they are.</summary>
internal sealed class ServiceReconciliation
{
    private readonly HubDbContext db;
    private readonly HubAddresses addresses;
    private readonly ILogger logger;
    private readonly Dictionary<string, HubService> rows;

    private ServiceReconciliation(HubDbContext db, IEnumerable<ServiceDeclaration> declared, HubAddresses addresses, ILogger logger, Dictionary<string, HubService> rows)
    {
        (this.db, this.addresses, this.logger, this.rows) = (db, addresses, logger, rows);
        Declared = [.. declared.Where(IsOurs)];
        Principals =
        [
            .. Declared.Select(service => new ServicePrincipal(ScopeOwner.Service(service.Name), service.Admin, IsDeclared: true)),
            .. rows.Values.Where(row => row.FromConfig == false).Select(row => new ServicePrincipal(ScopeOwner.Service(row.Name), row.Admin, IsDeclared: false)),
        ];
    }

    /// <summary>The declared services, without those whose name a service made at run time has.</summary>
    public IReadOnlyList<ServiceDeclaration> Declared { get; }

    /// <summary>All services that there will be.</summary>
    public IReadOnlyList<ServicePrincipal> Principals { get; }

    public static async Task<ServiceReconciliation> ReadAsync(
        HubDbContext db, JupyterHubOptions hub, HubAddresses addresses, ILogger logger, CancellationToken cancellationToken)
    {
        var rows = await db.Services.Include(row => row.Server).OrderBy(row => row.Id).ToDictionaryAsync(row => row.Name, StringComparer.Ordinal, cancellationToken);
        return new ServiceReconciliation(db, hub.Services, addresses, logger, rows);
    }

    public async Task WriteAsync(RolePlan plan, StoredRoles stored, CancellationToken cancellationToken)
    {
        await DeleteUndeclaredAsync(cancellationToken);
        var admins = Administrators(plan, stored);
        var clients = await ServiceClients.ReadAsync(db, cancellationToken);
        foreach (var service in Declared)
        {
            if (!rows.TryGetValue(service.Name, out var row))
            {
                row = rows[service.Name] = new HubService { Name = service.Name };
                db.Services.Add(row);
            }

            Fill(row, service);
            row.Admin = admins.Contains(ScopeOwner.Service(service.Name));
            clients.Write(row, service, RedirectUri(service));
        }

        foreach (var flag in plan.AdminFlags.Where(flag => flag.Who.Kind == ResourceKind.Service))
        {
            rows[flag.Who.Name].Admin = admins.Contains(flag.Who);
        }

        await db.SaveChangesAsync(cancellationToken);
        foreach (var service in Declared.Where(service => !stored.Exists(ScopeOwner.Service(service.Name))))
        {
            stored.Add(ScopeOwner.Service(service.Name), rows[service.Name].Id);
        }
    }

    private bool IsOurs(ServiceDeclaration service)
    {
        // NULL is from before services could be made at run time.
        if (!rows.TryGetValue(service.Name, out var row) || row.FromConfig != false)
        {
            return true;
        }

        StartupLog.ServiceTaken(logger, LogText.Bound(service.Name));
        return false;
    }

    private async Task DeleteUndeclaredAsync(CancellationToken cancellationToken)
    {
        var names = Declared.Select(service => service.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var row in rows.Values.Where(row => row.FromConfig != false && !names.Contains(row.Name)).ToArray())
        {
            StartupLog.ServiceDeleted(logger, LogText.Bound(row.Name));
            rows.Remove(row.Name);
            db.Services.Remove(row);
            if (row.Server is { } server)
            {
                db.Servers.Remove(server);
            }

            // The client's tokens and codes go with it, the service's own tokens with the service.
            await db.SaveChangesAsync(cancellationToken);
            await db.OAuthClients.Where(client => client.Identifier == row.OAuthClientId).ExecuteDeleteAsync(cancellationToken);
        }
    }

    /// <summary>Services that are administrators in the end: as declared, as the plan finds from roles, or by the API's grace.</summary>
    private HashSet<ScopeOwner> Administrators(RolePlan plan, StoredRoles stored)
    {
        var admins = Principals.Where(service => service.IsAdmin).Select(service => service.Who).ToHashSet();
        foreach (var (who, isAdmin) in plan.AdminFlags)
        {
            _ = isAdmin ? admins.Add(who) : admins.Remove(who);
        }

        admins.UnionWith(stored.Assignments.Where(held => held.IsAdmin && !held.IsDeclared).Select(held => held.Holder));
        return admins;
    }

    private void Fill(HubService row, ServiceDeclaration service)
    {
        row.FromConfig = true;
        // A port that was chosen before stands until the service is started: another hub may run it.
        var keepsPort = service.HasChosenPort && row is { Url: not null, Server.Port: > 0 };
        row.Url = keepsPort ? row.Url : service.Url;
        row.OAuthClientAllowedScopes = [.. service.OauthClientAllowedScopes];
        row.Info = (JsonObject?)service.Info?.DeepClone();
        row.Display = service.Display;
        row.OAuthNoConfirm = service.OauthNoConfirm;
        row.Command = service.IsManaged ? [.. service.Command] : null;
        row.Pid = service.IsManaged ? row.Pid : null;
        row.Cwd = service.Cwd;
        row.Environment = service.Environment.Count == 0 ? null : new JsonObject(service.Environment.Select(variable => KeyValuePair.Create(variable.Key, (JsonNode?)variable.Value)));
        row.User = service.User;
        row.Timeout = service.Timeout;
        if (service.Url is null && row.Server is { } server)
        {
            db.Servers.Remove(server);
            row.Server = null;
        }
        else if (service.Url is { } url && !keepsPort)
        {
            Fill(row.Server ??= new HubServer(), new Uri(url), service);
        }
    }

    private void Fill(HubServer server, Uri url, ServiceDeclaration service)
    {
        server.Proto = url.Scheme;
        server.Ip = url.IdnHost;
        server.Port = url.Port;
        server.BaseUrl = Prefix(service);
        server.CookieName = service.ClientId;
    }

    private string RedirectUri(ServiceDeclaration service) => service.OauthRedirectUri ?? Prefix(service) + "oauth_callback";

    private string Prefix(ServiceDeclaration service) => ServiceRoutes.PrefixOf(addresses, service.Name);
}
