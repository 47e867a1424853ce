using JupyterHub.Core.Authentication;
using JupyterHub.Core.Data;
using JupyterHub.Core.Events;
using JupyterHub.Core.Roles;
using JupyterHub.Rbac.Roles;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Users;

/// <summary>Makes users. Names are normalised and checked before anything is written.</summary>
internal sealed class UserCreation(IHubDatabase database, UserNames names, TimeProvider time, HubEvents events)
{
    public async Task<UserCreationResult> CreateAsync(string name, bool admin, CancellationToken cancellationToken)
    {
        if (!names.TryGetCanonical(name, out var canonical))
        {
            return new UserCreationResult(UserCreationOutcome.InvalidName, name);
        }

        var made = await WriteAsync([canonical], admin, cancellationToken);
        return new UserCreationResult(made.Count == 1 ? UserCreationOutcome.Created : UserCreationOutcome.Exists, canonical);
    }

    /// <summary>Makes those of the users that do not exist, all in one transaction; none if one of the names is invalid.</summary>
    public async Task<UsersCreationResult> CreateAsync(IReadOnlyCollection<string> wanted, bool admin, CancellationToken cancellationToken)
    {
        var canonical = new List<string>();
        var invalid = new List<string>();
        foreach (var name in wanted)
        {
            if (names.TryGetCanonical(name, out var normal))
            {
                canonical.Add(normal);
            }
            else
            {
                invalid.Add(name);
            }
        }

        return new UsersCreationResult(
            invalid.Count > 0 ? [] : await WriteAsync([.. canonical.Distinct(StringComparer.Ordinal)], admin, cancellationToken),
            invalid);
    }

    private async Task<IReadOnlyList<string>> WriteAsync(string[] wanted, bool admin, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> made;
        try
        {
            made = await database.WriteAsync((db, token) => AddAsync(db, wanted, admin, token), cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another hub on the same database made one of them between our look and our insert; the second try finds its row.
            made = await database.WriteAsync((db, token) => AddAsync(db, wanted, admin, token), cancellationToken);
        }

        foreach (var name in made)
        {
            events.Add(HubEventKind.UserCreated, name);
        }

        return made;
    }

    private async Task<IReadOnlyList<string>> AddAsync(HubDbContext db, string[] wanted, bool admin, CancellationToken cancellationToken)
    {
        var known = await db.Users.Where(user => EF.Parameter(wanted).Contains(user.Name)).Select(user => user.Name).ToListAsync(cancellationToken);
        var roles = await db.Roles
            .Where(role => role.Name == BuiltInRoles.UserName || (admin && role.Name == BuiltInRoles.AdminName))
            .Select(role => role.Id)
            .ToListAsync(cancellationToken);
        var created = time.GetHubTime();
        var rows = wanted.Except(known, StringComparer.Ordinal).Select(name => NewUser(name, admin, created)).ToList();
        foreach (var row in rows)
        {
            row.Roles.AddRange(roles.Select(role => new UserRole { RoleId = role }));
        }

        db.Users.AddRange(rows);
        return [.. rows.Select(row => row.Name)];
    }

    private static HubUser NewUser(string name, bool admin, DateTime created) => new()
    {
        Name = name,
        Admin = admin,
        CookieId = HubUser.NewCookieId(),
        Created = created,
    };
}
