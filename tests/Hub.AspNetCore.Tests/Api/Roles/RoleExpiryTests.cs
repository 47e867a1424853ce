using JupyterHub.Core.Hosting;
using JupyterHub.Core.Roles;
using JupyterHub.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.AspNetCore.Tests.Api.Roles;

/// <summary>What expires is dead at once, whether its row is still there or not.</summary>
public sealed class RoleExpiryTests : IAsyncLifetime
{
    // Tokens and leases are made by the system's clock in places, so the hub's begins there.
    private readonly FakeTime time = new(DateTimeOffset.UtcNow);
    private HubHost host = null!;
    private string root = "";

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync(setup => setup.Services = builder => builder.Services.AddSingleton<TimeProvider>(time));
        root = await host.Data.UserTokenAsync("root");
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task An_assignment_to_a_user_group_or_service_ends_on_time()
    {
        await host.Data.GroupAsync("night-shift", "nora");
        var ada = await host.Data.UserTokenAsync("ada");
        var nora = await host.Data.UserTokenAsync("nora");
        var service = await host.Data.ServiceTokenAsync("nightly", "read:users:name");
        await host.AskAsync(root, "POST roles", """{"name": "night", "scopes": ["read:hub"]}""", 201);
        await host.AskAsync(root, "PUT roles/night/users/ada", """{"expires_in": 100}""", 201);
        await host.AskAsync(root, "PUT roles/night/groups/night-shift", """{"expires_in": 100}""", 201);
        await host.AskAsync(root, "PUT roles/night/services/nightly", """{"expires_in": 100}""", 201);
        foreach (var token in new[] { ada, nora, service })
        {
            Assert.True(await HoldsAsync(token));
        }

        time.Advance(TimeSpan.FromSeconds(99));
        Assert.True(await HoldsAsync(ada));
        time.Advance(TimeSpan.FromSeconds(1));
        foreach (var token in new[] { ada, nora, service })
        {
            Assert.False(await HoldsAsync(token));
        }

        Assert.DoesNotContain("night", (await host.AskAsync(root, "GET users/ada"))!["roles"].Texts());
        var role = await host.AskAsync(root, "GET roles/night");
        Assert.Empty(role!["users"].Names().Concat(role["groups"].Names()).Concat(role["services"].Names()));
        await host.AskAsync(root, "DELETE roles/night/users/ada", null, 404);

        // The row that is left does not stand in the way of giving it anew.
        await host.AskAsync(root, "PUT roles/night/users/ada", """{"expires_in": 100}""", 201);
        Assert.True(await HoldsAsync(ada));
        await host.AskAsync(root, "PUT roles/night/users/ada", """{"expires_at": null}""", 200);
        time.Advance(TimeSpan.FromSeconds(200));
        Assert.True(await HoldsAsync(ada));
    }

    [Fact]
    public async Task A_role_ends_on_time_and_its_name_is_free()
    {
        var ada = await host.Data.UserTokenAsync("ada");
        await host.AskAsync(root, "POST roles", """{"name": "brief", "scopes": ["read:hub"], "users": ["ada"], "expires_in": 100}""", 201);
        Assert.True(await HoldsAsync(ada));
        time.Advance(TimeSpan.FromSeconds(100));
        Assert.False(await HoldsAsync(ada));
        Assert.Contains(await host.Data.ListAsync<HubRole>(), row => row.Name == "brief");
        await host.AskAsync(root, "GET roles/brief", null, 404);
        await host.AskAsync(root, "PATCH roles/brief", """{"expires_at": null}""", 404);
        await host.AskAsync(root, "PUT roles/brief/users/ada", null, 404);
        Assert.DoesNotContain("brief", (await host.AskAsync(root, "GET users/ada"))!["roles"].Texts());
        await host.AskAsync(root, "POST roles", """{"name": "brief", "scopes": ["read:hub"]}""", 201);
        Assert.False(await HoldsAsync(ada));
    }

    [Fact]
    public async Task Rows_of_what_has_expired_are_removed_later()
    {
        await host.Data.UserAsync("ada");
        await host.AskAsync(root, "POST roles", """{"name": "purged", "scopes": ["read:hub"], "users": ["ada"], "expires_in": 100}""", 201);
        await host.AskAsync(root, "POST roles", """{"name": "kept", "scopes": ["read:hub"]}""", 201);
        await host.AskAsync(root, "PUT roles/kept/users/ada", """{"expires_in": 100}""", 201);
        await host.AskAsync(root, "PUT roles/kept/users/root", """{"expires_in": 1000}""", 201);
        time.Advance(TimeSpan.FromSeconds(100));
        await host.Get<ExpiryPurge>().PurgeAsync(CancellationToken.None);
        var roles = await host.Data.ListAsync<HubRole>();
        Assert.DoesNotContain(roles, row => row.Name == "purged");
        var kept = roles.Single(row => row.Name == "kept");
        Assert.Single(await host.Data.ListAsync<UserRole>(), row => row.RoleId == kept.Id);
        Assert.Single(await host.Data.ListAsync<UserRoleOrigin>());
    }

    [Fact]
    public async Task What_is_held_for_a_time_is_not_given_for_longer()
    {
        await host.Data.GrantAsync("deputy", "admin:users!user=deputy");
        var deputy = await host.Data.UserTokenAsync("deputy");
        await host.AskAsync(root, "POST roles", """{"name": "for-a-while", "scopes": ["read:hub"]}""", 201);
        await host.AskAsync(root, "PUT roles/for-a-while/users/deputy", """{"expires_in": 100}""", 201);
        await host.AskAsync(deputy, "POST roles", """{"name": "for-ever", "scopes": ["read:hub"], "users": ["deputy"]}""", 403);
        await host.AskAsync(deputy, "POST roles", """{"name": "for-ever", "scopes": ["read:hub"], "users": ["deputy"], "expires_in": 101}""", 403);
        await host.AskAsync(deputy, "POST roles", """{"name": "for-ever", "scopes": ["read:hub"], "users": ["deputy"], "expires_in": 99}""", 201);
        await host.AskAsync(deputy, "PATCH roles/for-ever", """{"expires_at": null}""", 403);
        await host.AskAsync(deputy, "PATCH roles/for-ever", """{"expires_in": 50}""");
        await host.AskAsync(deputy, "PUT roles/for-a-while/users/deputy", """{"expires_at": null}""", 403);
        time.Advance(TimeSpan.FromSeconds(100));
        Assert.False(await HoldsAsync(deputy));
    }

    private async Task<bool> HoldsAsync(string token) => (await host.AskAsync(token, "GET user"))!["scopes"].Texts().Contains("read:hub");
}
