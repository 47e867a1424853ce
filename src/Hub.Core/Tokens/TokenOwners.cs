using System.Net;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Tokens;

/// <summary>Finds for whom a token is made, and who asks with nothing but a password.</summary>
internal sealed class TokenOwners(IHubDatabase database, SignInOperation signIn, IAuthorities authorities)
{
    public Task<HubUser?> FindAsync(string userName, CancellationToken cancellationToken) =>
        database.ReadAsync((db, token) => db.Users.SingleOrDefaultAsync(user => user.Name == userName, token), cancellationToken);

    /// <summary>Whose credentials these are; null if they do not fit, or belong to nobody whom the hub knows. Nobody is made or signed in.</summary>
    public async Task<Requester?> IdentifyAsync(LoginForm credentials, IPAddress? address, CancellationToken cancellationToken)
    {
        if (await signIn.IdentifyAsync(credentials, address, cancellationToken) is not { } name || await FindAsync(name, cancellationToken) is not { } user)
        {
            return null;
        }

        return new Requester
        {
            Kind = RequesterKind.User,
            Id = user.Id,
            Name = user.Name,
            Admin = user.Admin,
            Authority = await authorities.OfUserAsync(user.Id, cancellationToken),
        };
    }
}
