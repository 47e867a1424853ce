using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Core.Tokens;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Tests.Authentication;

/// <summary>What users may do, read anew each time.</summary>
internal sealed class TestAuthorities(IHubDatabase database, ScopeEngine engine) : IAuthorities
{
    public Task<Authority> OfUserAsync(int userId, CancellationToken cancellationToken) => database.ReadAsync(
        async (context, token) =>
        {
            var name = await context.Users.Where(user => user.Id == userId).Select(user => user.Name).FirstAsync(token);
            var own = await context.UserRoles.Where(row => row.UserId == userId).Select(row => row.Role!.Scopes).ToListAsync(token);
            var groups = await context.UserGroups.Where(row => row.UserId == userId).Select(row => row.GroupId).ToListAsync(token);
            var given = await context.GroupRoles.Where(row => groups.Contains(row.GroupId)).Select(row => row.Role!.Scopes).ToListAsync(token);
            var shared = await context.Shares.Where(share => share.UserId == userId).Select(share => share.Scopes).ToListAsync(token);
            var members = await context.UserGroups.Select(row => new { User = row.User!.Name, Group = row.Group!.Name }).ToListAsync(token);
            var raw = own.Concat(given).SelectMany(scopes => scopes).Distinct().ToList();
            var membership = new MembershipSnapshot(1, members.Select(member => KeyValuePair.Create(member.User, member.Group)));
            var permissions = engine.Union(
                engine.Expand(raw, ScopeOwner.User(name)),
                engine.Expand(shared.SelectMany(scopes => scopes), ScopeOwner.User(name)));
            return new Authority(raw, permissions, membership);
        },
        cancellationToken);

    public Task<Authority> OfServiceAsync(int serviceId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Authority> OfTokenAsync(HubToken token, CancellationToken cancellationToken) => throw new NotSupportedException();
}
