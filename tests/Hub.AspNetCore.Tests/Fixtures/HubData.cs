using JupyterHub.Core.Data;
using JupyterHub.Core.Groups;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Services;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>Puts into a hub's database what no endpoint of this version makes.</summary>
internal sealed class HubData(HubHost host)
{
    /// <summary>The user of that name, made with the default roles if there is none.</summary>
    public async Task<HubUser> UserAsync(string name, bool admin = false)
    {
        await host.Get<UserCreation>().CreateAsync(name, admin, CancellationToken.None);
        return await host.Database.ReadAsync((db, token) => db.Users.SingleAsync(user => user.Name == name, token), CancellationToken.None);
    }

    /// <summary>A token of a user; without scopes it inherits all that the user may.</summary>
    public async Task<string> UserTokenAsync(string name, params string[] scopes) =>
        await TokenAsync(new NewToken { UserId = (await UserAsync(name)).Id, Scopes = scopes.Length == 0 ? ["inherit"] : scopes, Note = "test" });

    /// <summary>A token of a service that holds a role with these scopes.</summary>
    public async Task<string> ServiceTokenAsync(string name, params string[] scopes)
    {
        var service = await AddAsync(new HubService { Name = name });
        var role = await AddAsync(new HubRole { Name = $"role-of-{name}", Scopes = [.. scopes] });
        await AddAsync(new ServiceRole { RoleId = role.Id, ServiceId = service.Id });
        return await TokenAsync(new NewToken { ServiceId = service.Id, Scopes = ["inherit"] });
    }

    public Task<string> TokenAsync(NewToken wanted) => host.Database.WriteAsync(
        async (db, token) => (await HubTokens.AddAsync(db, wanted, TimeProvider.System, token)).Value, CancellationToken.None);

    public async Task<HubGroup> GroupAsync(string name, params string[] members)
    {
        var group = await AddAsync(new HubGroup { Name = name });
        foreach (var member in members)
        {
            var user = await UserAsync(member);
            await AddAsync(new UserGroup { GroupId = group.Id, UserId = user.Id });
        }

        return group;
    }

    /// <summary>Gives a user a role with these scopes, besides the default ones.</summary>
    public async Task GrantAsync(string userName, params string[] scopes)
    {
        var role = await AddAsync(new HubRole { Name = $"role-of-{userName}-{Guid.NewGuid():N}", Scopes = [.. scopes] });
        await AddAsync(new UserRole { RoleId = role.Id, UserId = (await UserAsync(userName)).Id });
    }

    public async Task<HubSpawner> SpawnerAsync(string userName, string name = "") =>
        await AddAsync(new HubSpawner { UserId = (await UserAsync(userName)).Id, Name = name });

    public async Task<T> AddAsync<T>(T row)
        where T : class
    {
        await host.Database.WriteAsync((db, _) => Task.FromResult(db.Add(row)), CancellationToken.None);
        return row;
    }

    public Task<List<T>> ListAsync<T>()
        where T : class => host.Database.ReadAsync((db, token) => db.Set<T>().ToListAsync(token), CancellationToken.None);
}
