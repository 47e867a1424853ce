using JupyterHub.Core.Servers;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Tests.Pages.Admin;

/// <summary>A user whom others try to administer: with a group, a named server and a token.</summary>
internal sealed record AdminVictim(string Name, string Group, int Token, string CookieId)
{
    public string Url => $"/hub/admin/users/{Name}";

    /// <summary>The list with this user alone.</summary>
    public string List => $"/hub/admin?search={Name}";

    public static async Task<AdminVictim> MakeAsync(HubHost host)
    {
        var name = $"victim{Guid.NewGuid():N}";
        var group = $"group{Guid.NewGuid():N}";
        await host.Data.GroupAsync(group, name);
        await host.Data.SpawnerAsync(name, "lab");
        await host.Data.TokenAsync(new NewToken { UserId = (await host.Data.UserAsync(name)).Id, Scopes = ["inherit"], Note = "for the matrix" });
        var user = await host.Data.UserAsync(name);
        var token = (await host.Data.ListAsync<HubToken>()).Single(row => row.UserId == user.Id);
        return new AdminVictim(name, group, token.Id, user.CookieId);
    }

    public string In(string target) =>
        target.Replace("{user}", Name, StringComparison.Ordinal).Replace("{token}", $"a{Token}", StringComparison.Ordinal);

    public async Task IsAsBeforeAsync(HubHost host)
    {
        var users = await host.Data.ListAsync<Core.Users.HubUser>();
        var user = Assert.Single(users, row => row.Name == Name);
        Assert.False(user.Admin);
        Assert.Equal(CookieId, user.CookieId);
        Assert.DoesNotContain(users, row => row.Name == "typed-by-a-stranger");
        Assert.Contains(await host.Data.ListAsync<HubToken>(), row => row.Id == Token && row.UserId == user.Id);
        var servers = (await host.Data.ListAsync<HubSpawner>()).Where(row => row.UserId == user.Id).ToList();
        Assert.Equal("lab", Assert.Single(servers).Name);
        Assert.Null(servers[0].ServerId);
        Assert.Empty(host.Get<ServerSupervisor>().ActiveOf(Name));
    }
}
