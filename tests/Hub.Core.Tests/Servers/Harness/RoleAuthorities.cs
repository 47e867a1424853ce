using JupyterHub.Core.Authorization;
using JupyterHub.Core.Tokens;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Scopes;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Servers;

/// <summary>Everybody holds the same raw scopes; what they mean is the real engine's business.</summary>
internal sealed class RoleAuthorities(TestDatabase database) : IAuthorities
{
    public string[] RawScopes { get; set; } = ["self"];

    public async Task<Authority> OfUserAsync(int userId, CancellationToken cancellationToken)
    {
        var user = (await database.ListAsync<Users.HubUser>()).Single(user => user.Id == userId);
        return new Authority(RawScopes, ScopeEngine.BuiltIn.Expand(RawScopes, ScopeOwner.User(user.Name)), MembershipSnapshot.Empty);
    }

    public Task<Authority> OfServiceAsync(int serviceId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Authority> OfTokenAsync(HubToken token, CancellationToken cancellationToken) => throw new NotSupportedException();
}
