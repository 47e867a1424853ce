using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Events;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Tokens;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Services;

/// <summary>Makes services at run time: row, token, OAuth client and role in one transaction, then the route (contract 2.8).</summary>
internal sealed class ServiceCreation(
    IHubDatabase database,
    ScopeEngine engine,
    HubAddresses addresses,
    JupyterHubOptions options,
    ServiceRoutes routes,
    ReadinessProbe probe,
    TimeProvider time,
    HubEvents events,
    ILogger<ServiceCreation> logger)
{
    private const string ClientPrefix = "service-";
    private const string Note = "from api";

    public async Task<ServiceChange> CreateAsync(Requester requester, ServiceDraft draft, CancellationToken cancellationToken)
    {
        if (Refusal(requester, draft) is { } refusal)
        {
            return refusal;
        }

        // Slow on purpose, so it is done before the turn to write comes.
        var secret = string.IsNullOrEmpty(draft.ApiToken) ? "" : TokenHash.Create(draft.ApiToken, TokenHash.SuppliedRounds);
        ServiceChange change;
        try
        {
            change = await database.WriteAsync((db, token) => AddAsync(db, requester, draft, secret, token), cancellationToken);
        }
        catch (TokenValueException unfit)
        {
            return Invalid(draft, unfit.Message);
        }

        if (change.Outcome == ServiceOutcome.Done)
        {
            Log.Created(logger, LogText.Bound(draft.Name), requester.Self.ToString());
            events.Add(HubEventKind.ServiceCreated, draft.Name);
            if (draft.Url is { } url)
            {
                await ReachAsync(draft, url, cancellationToken);
            }
        }

        return change;
    }

    private ServiceChange? Refusal(Requester requester, ServiceDraft draft)
    {
        try
        {
            if (ServiceScopes.Refusal(engine, requester, draft) is { } excess)
            {
                return new ServiceChange(ServiceOutcome.NotHeld, excess);
            }
        }
        catch (ScopeException unknown)
        {
            return Invalid(draft, unknown.Message);
        }

        return draft.Admin && !requester.MayMakeAdmins
            ? new ServiceChange(ServiceOutcome.NotAdmin, "Only admins can grant admin permissions")
            : Problem(draft) is { } problem ? Invalid(draft, problem) : null;
    }

    private string? Problem(ServiceDraft draft)
    {
        if (draft.Url is { } url && LeadsBack(url))
        {
            // The proxy would forward its own requests to itself, again and again.
            return "its url leads back to the hub";
        }

        if (!string.IsNullOrEmpty(draft.ClientId) && !draft.ClientId.StartsWith(ClientPrefix, StringComparison.Ordinal))
        {
            return $"OAuth client ids of services must start with '{ClientPrefix}'";
        }

        if (!string.IsNullOrEmpty(draft.RedirectUri))
        {
            return RedirectUri.IsWellFormed(draft.RedirectUri) ? null : "oauth_redirect_uri is no absolute address and no path";
        }

        return draft.HasClient && draft.Url is null ? "OAuth without a url needs an oauth_redirect_uri" : null;
    }

    private bool LeadsBack(Uri url) =>
        (addresses.IsBound && url.Port == addresses.ConnectUrl.Port && (url.IsLoopback || url.Host == addresses.ConnectUrl.Host))
        || url.Authority == addresses.PublicUrl?.Authority;

    private async Task<ServiceChange> AddAsync(HubDbContext db, Requester requester, ServiceDraft draft, string secret, CancellationToken cancellationToken)
    {
        if (await db.Services.AnyAsync(row => row.Name == draft.Name, cancellationToken))
        {
            return new ServiceChange(ServiceOutcome.Exists, $"Service {LogText.Bound(draft.Name)} already exists");
        }

        var clientId = string.IsNullOrEmpty(draft.ClientId) ? ClientPrefix + draft.Name : draft.ClientId;
        if (draft.HasClient && await db.OAuthClients.AnyAsync(client => client.Identifier == clientId, cancellationToken))
        {
            return Invalid(draft, $"the OAuth client {LogText.Bound(clientId)} belongs to something else; choose another oauth_client_id");
        }

        var prefix = ServiceRoutes.PrefixOf(addresses, draft.Name);
        if (draft.HasClient)
        {
            db.OAuthClients.Add(new OAuthClient
            {
                Identifier = clientId,
                Description = $"JupyterHub service {draft.Name}",
                Secret = secret,
                RedirectUri = string.IsNullOrEmpty(draft.RedirectUri) ? prefix + "oauth_callback" : draft.RedirectUri,
                AllowedScopes = [.. draft.AllowedScopes.Append($"access:services!service={draft.Name}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            });

            // The service's row points at the client by its name, so the client has to be there first.
            await db.SaveChangesAsync(cancellationToken);
        }

        var row = RowOf(draft, draft.HasClient ? clientId : null, prefix);
        db.Services.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        await AddTokenAsync(db, row, draft.ApiToken, cancellationToken);
        await AddRoleAsync(db, row, requester, cancellationToken);
        return ServiceChange.Done;
    }

    private static HubService RowOf(ServiceDraft draft, string? clientId, string prefix) => new()
    {
        Name = draft.Name,
        Admin = draft.Admin,
        Url = draft.Url?.OriginalString ?? "",
        OAuthClientAllowedScopes = [.. draft.AllowedScopes],
        Info = draft.Info ?? [],
        Display = draft.Display,
        OAuthNoConfirm = draft.NoConfirm,
        Command = [],
        Cwd = draft.Cwd ?? "",
        Environment = draft.Environment ?? [],
        User = draft.User ?? "",
        FromConfig = false,
        OAuthClientId = clientId,
        Server = draft.Url is { } url
            ? new HubServer { Proto = url.Scheme, Ip = url.IdnHost, Port = url.Port, BaseUrl = prefix, CookieName = clientId ?? "cookie" }
            : null,
    };

    private async Task AddTokenAsync(HubDbContext db, HubService row, string? value, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        var scopes = await db.Roles.AsNoTracking().Where(role => role.Name == BuiltInRoles.TokenName).Select(role => role.Scopes).SingleOrDefaultAsync(cancellationToken);
        var wanted = new NewToken { ServiceId = row.Id, Scopes = scopes ?? ["inherit"], Note = Note, Value = value, ValueIsRandom = options.TrustUserProvidedTokens };
        await HubTokens.AddAsync(db, wanted, time, cancellationToken);
    }

    /// <summary>The role goes with the flag; where it comes from is noted, so that the next start leaves it alone.</summary>
    private async Task AddRoleAsync(HubDbContext db, HubService row, Requester requester, CancellationToken cancellationToken)
    {
        if (!row.Admin || await db.Roles.Where(role => role.Name == BuiltInRoles.AdminName).Select(role => (int?)role.Id).SingleOrDefaultAsync(cancellationToken) is not { } roleId)
        {
            return;
        }

        var origin = new ServiceRoleOrigin { Origin = RoleOrigins.Api, Creator = $"{(requester.IsUser ? "user" : "service")} {requester.Name}", CreatedAt = time.GetHubTime() };
        db.ServiceRoles.Add(new ServiceRole { ServiceId = row.Id, RoleId = roleId, Origin = origin });
    }

    /// <summary>Opens the way to the service and waits until somebody is there. Nobody being there is no reason to do without it.</summary>
    private async Task ReachAsync(ServiceDraft draft, Uri url, CancellationToken cancellationToken)
    {
        var name = draft.Name;
        await routes.UpdateAsync(name, cancellationToken);
        if (!draft.WaitsForAnswer)
        {
            return;
        }

        var patience = TimeSpan.FromSeconds(new HubService { Name = name }.Timeout);
        if (!await probe.WaitAsync(ServiceRoutes.RootOf(addresses, name, url), patience, cancellationToken))
        {
            Log.NotReached(logger, LogText.Bound(name), patience.TotalSeconds);
        }
    }

    private static ServiceChange Invalid(ServiceDraft draft, string problem) => new(ServiceOutcome.Invalid, $"Failed to create service {LogText.Bound(draft.Name)}: {problem}");
}
