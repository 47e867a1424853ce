using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Configuration.Validation;
using JupyterHub.Core.Data;
using JupyterHub.Core.Groups;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Services;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Users;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Hosting;

/// <summary>
/// Makes the database agree with the configuration at start (contract 16): roles, users, groups, services, their tokens, who holds
/// what, and blocked users, all in one transaction. What agrees already is not written.
/// </summary>
internal sealed class HubInitializer(
    IHubDatabase database,
    HubConfiguration configuration,
    AuthenticatorOptions authenticator,
    UserNames names,
    ScopeEngine engine,
    HubAddresses addresses,
    TimeProvider time,
    ILogger<HubInitializer> logger)
{
    private readonly SettingChecks checks = new(configuration.Origins);

    /// <exception cref="HubStartupException">A declaration cannot be followed; the database is as it was.</exception>
    public Task InitializeAsync(CancellationToken cancellationToken)
    {
        var declared = new Declarations(configuration.Hub, authenticator, names, checks);
        return database.WriteAsync((db, token) => ReconcileAsync(db, declared, token), cancellationToken);
    }

    private async Task ReconcileAsync(HubDbContext db, Declarations declared, CancellationToken cancellationToken)
    {
        var stored = await StoredRoles.ReadAsync(db, cancellationToken);
        var services = await ServiceReconciliation.ReadAsync(db, configuration.Hub, addresses, logger, cancellationToken);
        var plan = CreatePlan(declared, DeclaredState.Create(stored, declared, services.Principals));
        foreach (var warning in plan.Warnings)
        {
            StartupLog.Warning(logger, warning);
        }

        var roles = new RoleReconciliation(db, plan, stored, logger);
        await roles.WriteRolesAsync(cancellationToken);
        await HubTokens.AddHubClientAsync(db, cancellationToken);
        await new UserReconciliation(db, plan, declared, stored, time, logger).WriteAsync(cancellationToken);
        await new GroupReconciliation(db, plan, declared, stored, logger).WriteAsync(cancellationToken);
        await services.WriteAsync(plan, stored, cancellationToken);
        await new ServiceTokens(db, configuration.Hub, services.Declared, checks, time).WriteAsync(cancellationToken);
        await roles.WriteAssignmentsAsync(declared.BlockedUsers, services.Principals, cancellationToken);
        await BlockedUsers.StripAsync(db, declared.BlockedUsers, logger, cancellationToken);
    }

    private RolePlan CreatePlan(Declarations declared, RoleState state)
    {
        try
        {
            return RolePlan.Create(declared.Roles, state, engine);
        }
        catch (RoleException exception)
        {
            var index = configuration.Hub.LoadRoles.Index().FirstOrDefault(role => role.Item.Name == exception.Role, (-1, new())).Item1;
            throw checks.Error($"{KnownSettings.Root}:LoadRoles{(index < 0 ? "" : $":{index}")}", $"cannot be followed: {exception.Message.TrimEnd('.')}");
        }
    }
}
