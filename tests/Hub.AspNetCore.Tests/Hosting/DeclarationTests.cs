using JupyterHub.AspNetCore.Tests.Conformance;
using JupyterHub.AspNetCore.Tests.Fixtures;
using JupyterHub.Core.Configuration;
using JupyterHub.Rbac.Scopes;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.AspNetCore.Tests.Hosting;

/// <summary>What is declared holds in a running hub: tokens work, and custom scopes are scopes everywhere.</summary>
public sealed class DeclarationTests
{
    [Fact]
    public async Task Services_roles_and_scopes_declared_in_code_hold()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Builder = hub => hub
            .AddCustomScope("custom:grades:write", "Enter grades", "custom:grades:read")
            .AddCustomScope("custom:grades:read", "Read grades")
            .AddRole("grader", role => role.Scopes("custom:grades:write").Groups("staff"))
            .AddRole("grading", role => role.Scopes("custom:grades:read!group=physics", "list:users").Services("grades"))
            .AddGroup("staff", staff => staff.Users.Add("Grace"))
            .AddHubService("grades", grades => grades.ApiToken = new HubSecret("token-of-grades")));

        Assert.True(host.Get<ScopeCatalog>().TryGet("custom:grades:read", out _));
        Assert.Same(host.Get<ScopeCatalog>(), host.Get<ScopeEngine>().Catalog);
        Assert.Equal(["custom:grades:read!group=physics", "list:users", "read:users:name"], await ScopesAsync(host, "token-of-grades"));
        var grace = await ScopesAsync(host, await host.Data.UserTokenAsync("grace"));
        Assert.Contains("custom:grades:read", grace);
        Assert.Contains("custom:grades:write", grace);
        Assert.Equal(["custom:grades:read", "read:users:groups!user=grace", "read:users:name!user=grace"], await ScopesAsync(host, await host.Data.UserTokenAsync("grace", "custom:grades:read")));
    }

    [Fact]
    public async Task The_recorded_hub_of_the_lifecycles_starts_from_its_file_and_its_services_get_in()
    {
        await using var host = await HubHost.StartAsync(setup => setup.ConfigurationFile = "lifecycle-hub.json");

        foreach (var service in RecordedHub.Read("lifecycle-hub.json")["JupyterHub"]!["Services"]!.AsArray())
        {
            using var answer = await host.SendAsync("GET", "/hub/api/user", (string)service!["ApiToken"]!);
            Assert.Equal((string)service["Name"]!, (string)(await answer.JsonAsync())["name"]!);
        }
    }

    private static async Task<string[]> ScopesAsync(HubHost host, string token)
    {
        using var answer = await host.SendAsync("GET", "/hub/api/user", token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return [.. RecordedHub.Texts((await answer.JsonAsync())["scopes"]).Order(StringComparer.Ordinal)];
    }
}
