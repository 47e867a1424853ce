using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Events;
using JupyterHub.Rbac.Scopes;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Roles.Changes;

/// <summary>Changes roles at run time. What the requester may do is found out in the transaction that makes the change.</summary>
internal sealed class RoleChanges(IHubDatabase database, ScopeEngine engine, TimeProvider time, HubEvents events, ILogger<RoleChanges> logger)
{
    private readonly RolePlanner planner = new(engine);

    /// <summary>Makes the change; true if it made a role or an assignment that was not there.</summary>
    /// <exception cref="RoleChangeException">It was not made.</exception>
    public Task<bool> ApplyAsync(RoleRequest request, Requester requester, CancellationToken cancellationToken) =>
        ApplyAsync(request, requester, stamp: null, cancellationToken);

    /// <summary>Makes the change to the role as somebody was shown it.</summary>
    /// <param name="request">What is to change.</param>
    /// <param name="requester">Who asks.</param>
    /// <param name="stamp">What the role's <see cref="RoleStamp"/> was then; null to change it as it is now, whatever that may be.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    /// <exception cref="RoleChangeException">It was not made; <see cref="RoleChangeError.Stale"/> if the role is another by now.</exception>
    public async Task<bool> ApplyAsync(RoleRequest request, Requester requester, string? stamp, CancellationToken cancellationToken)
    {
        var isNew = await database.WriteAsync((db, token) => ApplyAsync(db, request, requester, stamp, token), cancellationToken);
        Log.RoleChanged(logger, request.GetType().Name, LogText.Bound(request.Role), LogText.Bound(RoleWriter.NameOf(requester)));
        events.Add(HubEventKind.RoleChanged, request.Role, detail: request.GetType().Name);
        return isNew;
    }

    /// <summary>Why the change would be refused; null if it would be made.</summary>
    public RoleChangeException? FindRefusal(RoleChangePlan plan, Grantor grantor, RoleVisibility visible) =>
        RoleProtection.OfAdmin(plan, grantor)
        ?? new RoleRefusals(plan, visible).Find(new RoleChangeCheck(engine, plan, grantor))
        ?? RoleProtection.Find(plan);

    /// <summary>Finds out what a request would change.</summary>
    /// <exception cref="RoleChangeException">It makes no sense, or the requester may not know whether there is such a role.</exception>
    public async Task<RoleChangePlan> PlanAsync(HubDbContext db, RoleRequest request, RoleVisibility visible, CancellationToken cancellationToken)
    {
        try
        {
            return await planner.PlanAsync(db, request, time.GetHubTime(), cancellationToken);
        }
        catch (RoleChangeException problem) when (problem.Kind == RoleChangeError.NotFound && !visible.IsUnrestricted)
        {
            throw new RoleChangeException(RoleChangeError.NotFound, RoleRefusals.Masked) { RequiredScopes = ["read:roles"] };
        }
    }

    private async Task<bool> ApplyAsync(HubDbContext db, RoleRequest request, Requester requester, string? stamp, CancellationToken cancellationToken)
    {
        var now = time.GetHubTime();
        var visible = new RoleVisibility(requester.Authority);
        var grantor = await Grantor.ReadAsync(db, engine, requester, now, cancellationToken);
        var plan = await PlanAsync(db, request, visible, cancellationToken);
        if (FindRefusal(plan, grantor, visible) is { } refusal)
        {
            throw refusal;
        }

        if (stamp is not null && stamp != RoleStamp.Of(plan))
        {
            throw new RoleChangeException(RoleChangeError.Stale, $"Role {request.Role} was changed meanwhile");
        }

        return await new RoleWriter(db, plan, requester, now).WriteAsync(cancellationToken);
    }
}
