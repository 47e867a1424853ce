using System.Text.Json.Nodes;
using JupyterHub.Core.Data;
using JupyterHub.Core.Groups;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Services;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Tests.Conformance;

/// <summary>Puts into a hub what the configuration of a recorded hub says and this version cannot be configured with yet.</summary>
internal static class RecordedHub
{
    public static JsonObject Read(string file) => JsonNode.Parse(File.ReadAllText(Repository.Data(file)))!.AsObject();

    /// <summary>Services with their tokens and OAuth clients, groups with members, roles with holders.</summary>
    public static async Task SeedAsync(HubHost host, JsonObject settings)
    {
        var services = new Dictionary<string, HubService>(StringComparer.Ordinal);
        foreach (var service in settings["Services"]!.AsArray())
        {
            var row = await AddServiceAsync(host, service!.AsObject());
            services[row.Name] = row;
        }

        var groups = new Dictionary<string, HubGroup>(StringComparer.Ordinal);
        foreach (var (name, group) in settings["LoadGroups"]!.AsObject())
        {
            groups[name] = await host.Data.GroupAsync(name, Texts(group!["Users"]));
        }

        foreach (var role in settings["LoadRoles"]!.AsArray())
        {
            var row = await host.Data.AddAsync(new HubRole { Name = (string)role!["Name"]!, Scopes = [.. Texts(role["Scopes"])] });
            foreach (var name in Texts(role["Services"]))
            {
                await host.Data.AddAsync(new ServiceRole { RoleId = row.Id, ServiceId = services[name].Id });
            }

            foreach (var name in Texts(role["Groups"]))
            {
                await host.Data.AddAsync(new GroupRole { RoleId = row.Id, GroupId = groups[name].Id });
            }

            foreach (var name in Texts(role["Users"]))
            {
                await host.Data.AddAsync(new UserRole { RoleId = row.Id, UserId = (await host.Data.UserAsync(name)).Id });
            }
        }
    }

    public static string[] Texts(JsonNode? list) => [.. list?.AsArray().Select(item => (string)item!) ?? []];

    private static async Task<HubService> AddServiceAsync(HubHost host, JsonObject service)
    {
        var name = (string)service["Name"]!;
        var apiToken = (string)service["ApiToken"]!;
        var redirectUri = (string?)service["OauthRedirectUri"];
        var clientId = redirectUri is null ? null : (string?)service["OauthClientId"] ?? $"service-{name}";
        if (clientId is not null)
        {
            await host.Data.AddAsync(new OAuthClient
            {
                Identifier = clientId,
                Description = $"Service {name}",
                Secret = TokenHash.Create(apiToken, 16),
                RedirectUri = redirectUri,
                AllowedScopes = [.. Texts(service["OauthClientAllowedScopes"]), $"access:services!service={name}"],
            });
        }

        var row = await host.Data.AddAsync(new HubService { Name = name, OAuthClientId = clientId, OAuthNoConfirm = (bool?)service["OauthNoConfirm"] });
        await host.Data.TokenAsync(new NewToken { ServiceId = row.Id, Scopes = ["inherit"], Value = apiToken, ValueIsRandom = true });
        return row;
    }
}
