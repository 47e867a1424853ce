using System.Security.Cryptography;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Users;

/// <summary>Makes users. Names are normalised and checked before anything is written.</summary>
internal sealed class UserCreation(IHubDatabase database, UserNames names, TimeProvider time)
{
    public async Task<UserCreationResult> CreateAsync(string name, bool admin, CancellationToken cancellationToken)
    {
        var canonical = names.Normalize(name);
        if (!names.IsValid(canonical))
        {
            return new UserCreationResult(UserCreationOutcome.InvalidName, canonical);
        }

        var isNew = await database.WriteAsync((db, token) => AddAsync(db, canonical, admin, token), cancellationToken);
        return new UserCreationResult(isNew ? UserCreationOutcome.Created : UserCreationOutcome.Exists, canonical);
    }

    private async Task<bool> AddAsync(HubDbContext db, string name, bool admin, CancellationToken cancellationToken)
    {
        if (await db.Users.AnyAsync(user => user.Name == name, cancellationToken))
        {
            return false;
        }

        var row = new HubUser
        {
            Name = name,
            Admin = admin,
            CookieId = RandomNumberGenerator.GetHexString(32, lowercase: true),
            Created = time.GetUtcNow().UtcDateTime,
        };
        db.Users.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        await DefaultRoleAssignment.AssignAsync(db, row, cancellationToken);
        return true;
    }
}
