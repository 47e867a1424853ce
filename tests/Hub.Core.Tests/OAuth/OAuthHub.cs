using System.Text.Json.Nodes;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Groups;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Services;
using JupyterHub.Core.Shares;
using JupyterHub.Core.Tests.Authentication;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Users;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.OAuth;

/// <summary>The hub of browser-matrix-hub.json as the setup of browser-matrix.json leaves it: its services, roles and groups, and ada's running server.</summary>
internal sealed class OAuthHub : IAsyncDisposable
{
    public const string ServerSecret = "0123456789abcdef0123456789abcdef";

    private static readonly string[] Few = ["ada", "grace", "edsger", "barbara", "root"];
    private readonly Dictionary<string, HubUser> users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Login Login, string SessionId)> sessions = new(StringComparer.Ordinal);

    private OAuthHub(TestHub hub) => Hub = hub;

    public TestHub Hub { get; }

    public static async Task<OAuthHub> OpenAsync(Action<JupyterHubOptions>? configure = null, bool withAllVisitors = false)
    {
        var hub = new OAuthHub(await TestHub.OpenAsync(configure: configure));
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Data("browser-matrix-hub.json")))!["JupyterHub"]!;
        var visitors = settings["LoadGroups"]!["visitors"]!["Users"]!.AsArray().Select(name => (string)name!);
        foreach (var name in withAllVisitors ? visitors : Few)
        {
            hub.users[name] = await hub.Hub.AddUserAsync(name, admin: name == "root");
        }

        await hub.AddServicesAsync(settings["Services"]!.AsArray());
        await hub.AddRolesAsync(settings["LoadRoles"]!.AsArray());
        await hub.AddServerAsync();
        return hub;
    }

    public HubUser User(string name) => users[name];

    /// <summary>A browser session: a user's name, with a dot and a number for a further one.</summary>
    public async Task<(Login Login, string SessionId)> SessionAsync(string name)
    {
        if (!sessions.TryGetValue(name, out var session))
        {
            session = ((await Hub.SignInAsync(users[name.Split('.')[0]])).Login, SessionId.Create());
            sessions[name] = session;
        }

        return session;
    }

    public async Task<AuthorizeResult> BeginAsync(string name, string query)
    {
        var (login, sessionId) = await SessionAsync(name);
        return await Hub.Get<AuthorizeOperation>().BeginAsync(new AuthorizeRequest(query, null, login, sessionId), default);
    }

    public async Task<AuthorizeResult> ConsentAsync(string name, string query, string form, params string[] scopes)
    {
        var (login, sessionId) = await SessionAsync(name);
        return await Hub.Get<AuthorizeOperation>().ConsentAsync(new AuthorizeRequest(query, form, login, sessionId), scopes, default);
    }

    public Task<TokenExchangeResult> ExchangeAsync(string form, string query = "") =>
        Hub.Get<TokenExchangeOperation>().ExecuteAsync(query, form, default);

    public async ValueTask DisposeAsync() => await Hub.DisposeAsync();

    private Task AddServicesAsync(JsonArray services) => WriteAsync(context =>
    {
        foreach (var service in services)
        {
            var name = (string)service!["Name"]!;
            var redirectUri = (string?)service["OauthRedirectUri"];
            var clientId = redirectUri is null ? null : (string?)service["OauthClientId"] ?? $"service-{name}";
            if (clientId is not null)
            {
                context.OAuthClients.Add(new OAuthClient
                {
                    Identifier = clientId,
                    Description = $"Service {name}",
                    Secret = TokenHash.Create((string)service["ApiToken"]!, 16),
                    RedirectUri = redirectUri,
                    AllowedScopes = [.. service["OauthClientAllowedScopes"]?.AsArray().Select(scope => (string)scope!) ?? [], $"access:services!service={name}"],
                });
            }

            context.Services.Add(new HubService { Name = name, OAuthClientId = clientId, OAuthNoConfirm = (bool?)service["OauthNoConfirm"] });
        }
    });

    private Task AddRolesAsync(JsonArray roles) => Hub.Database.WriteAsync(
        async (context, token) =>
        {
            var visitors = new HubGroup { Name = "visitors" };
            context.Groups.Add(visitors);
            foreach (var role in roles)
            {
                var row = new HubRole { Name = (string)role!["Name"]!, Scopes = [.. role["Scopes"]!.AsArray().Select(scope => (string)scope!)] };
                context.Roles.Add(row);
                await context.SaveChangesAsync(token);
                foreach (var user in role["Users"]?.AsArray() ?? [])
                {
                    context.UserRoles.Add(new UserRole { UserId = users[(string)user!].Id, RoleId = row.Id });
                }

                if (role["Groups"] is not null)
                {
                    context.GroupRoles.Add(new GroupRole { GroupId = visitors.Id, RoleId = row.Id });
                }
            }

            context.UserGroups.AddRange(users.Values.Select(user => new UserGroup { UserId = user.Id, GroupId = visitors.Id }));
        },
        default);

    private Task AddServerAsync() => Hub.Database.WriteAsync(
        async (context, token) =>
        {
            context.OAuthClients.Add(new OAuthClient
            {
                Identifier = "jupyterhub-user-ada",
                Description = "Server at /user/ada/",
                Secret = TokenHash.Create(ServerSecret, 16),
                RedirectUri = "/user/ada/oauth_callback",
                AllowedScopes = ["access:servers!server=ada/"],
            });
            context.OAuthClients.Add(new OAuthClient { Identifier = OAuthClient.HubIdentifier, Secret = "", RedirectUri = "" });
            var spawner = new HubSpawner { UserId = users["ada"].Id, Name = "", OAuthClientId = "jupyterhub-user-ada" };
            context.Spawners.Add(spawner);
            await context.SaveChangesAsync(token);
            context.Shares.Add(new Share
            {
                OwnerId = users["ada"].Id,
                SpawnerId = spawner.Id,
                UserId = users["barbara"].Id,
                Scopes = ["access:servers!server=ada/"],
                CreatedAt = Hub.Time.GetUtcNow().UtcDateTime,
            });
        },
        default);

    private Task WriteAsync(Action<HubDbContext> write)
    {
        Task Write(HubDbContext context, CancellationToken cancellationToken)
        {
            write(context);
            return Task.CompletedTask;
        }

        return Hub.Database.WriteAsync(Write, default);
    }
}
