using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Core.Roles.Changes;
using JupyterHub.Rbac.Explanations;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Roles.Questions;

/// <summary>Answers why somebody may or may not do something, without telling what the one who asks may not read.</summary>
internal sealed class AccessQuestions(IHubDatabase database, ScopeEngine engine, TimeProvider time)
{
    /// <exception cref="RoleChangeException">The requester may not ask that, or there is nobody of that name.</exception>
    public async Task<AccessAnswer> AnswerAsync(AccessQuestion question, Requester requester, CancellationToken cancellationToken)
    {
        var permitted = new AskingRules(requester);
        permitted.Check(question);
        var who = question.Who ?? permitted.Self;
        var membership = requester.Authority.Membership;
        var isToken = question.Who is null && requester.Token is not null;
        var (world, client) = await database.ReadAsync(
            async (db, token) =>
            {
                await CheckExistsAsync(db, who, token);
                var read = await new AccessWorlds(db, engine, membership, time.GetHubTime()).ReadAsync([who], token);
                return (read, isToken ? await ClientAsync(db, requester.Token!.ClientId, token) : null);
            },
            cancellationToken);
        var explanation = isToken
            ? AccessExplainer.Explain(world, new TokenGrant(who, requester.Token!.Scopes, client), question.Scope, question.Resource)
            : AccessExplainer.Explain(world, who, question.Scope, question.Resource);
        var shown = explanation.Grants.Where(grant => permitted.MayName(grant, who)).Select(grant => permitted.Trim(grant, question.Resource)).ToList();
        var nearest = explanation.Nearest.Where(scope => permitted.MayName(engine.Catalog.Parse(scope), question.Resource)).ToList();
        return new AccessAnswer(explanation, isToken, shown, explanation.Grants.Count - shown.Count, nearest);
    }

    private static async Task CheckExistsAsync(HubDbContext db, ScopeOwner who, CancellationToken cancellationToken)
    {
        if ((await RoleHolders.IdsAsync(db, [who], cancellationToken))[who] is null)
        {
            throw RoleChangeException.Nobody(who);
        }
    }

    private static async Task<ScopeClient?> ClientAsync(HubDbContext db, string? clientId, CancellationToken cancellationToken)
    {
        if (clientId is null or OAuth.OAuthClient.HubIdentifier)
        {
            return null;
        }

        var server = await db.Spawners.Where(row => row.OAuthClientId == clientId).Select(row => new { Owner = row.User!.Name, row.Name }).FirstOrDefaultAsync(cancellationToken);
        if (server is not null)
        {
            return ScopeClient.Server(server.Owner, server.Name);
        }

        var service = await db.Services.Where(row => row.OAuthClientId == clientId).Select(row => row.Name).FirstOrDefaultAsync(cancellationToken);
        return service is null ? null : ScopeClient.Service(service);
    }
}
