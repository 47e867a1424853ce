using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Groups;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Services;
using JupyterHub.Core.Shares;
using JupyterHub.Core.Spawning;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Users;
using JupyterHub.Pages.Tests.Pages.Spawn;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Pages.Tests.Pages.Whole;

/// <summary>A hub in which every text that anybody can choose is hostile: an operator, an administrator, an authenticator, a spawner, a user.</summary>
public sealed class HostileHub : IAsyncLifetime
{
    /// <summary>Signs in through the form; its servers, tokens and shares are hostile too.</summary>
    internal const string Person = "\"><img src=x onerror=alert(1)>";

    /// <summary>A page as pages must not be: it writes what its address says.</summary>
    internal const string Raw = "raw";

    private readonly TaskCompletionSource gate = new();
    private Stage stage = null!;

    internal static string[] Texts => HostileTexts.All;

    /// <summary>All of them in one text, for places of which there is one.</summary>
    internal static string All { get; } = string.Join(' ', HostileTexts.All);

    internal HubHost Host { get; private set; } = null!;

    /// <summary>An invitation to a server of somebody else.</summary>
    internal string ShareCode { get; private set; } = "";

    /// <summary>A text as it can be somebody's name: no name has a slash.</summary>
    internal static string NameOf(string text) => text.Replace('/', '\\');

    public async Task InitializeAsync()
    {
        stage = await Stage.OpenAsync();
        Host = await stage.HubAsync(Configure);
        stage.OnStart = PlayAsync;
        var person = await Host.Data.UserAsync(Person);
        await AddPeopleAsync(person);
        await AddServicesAsync(person);
        await StartAsync();
        await AddSharesAsync(person);
        stage.Options = _ => Options;
    }

    public async Task DisposeAsync()
    {
        gate.TrySetResult();
        await Host.DisposeAsync();
        await stage.DisposeAsync();
    }

    private static IReadOnlyList<StartOption> Options =>
    [
        .. Texts.Select((text, index) => new StartOption { Name = $"o{index}", Kind = StartOptionKind.Text, Label = text, Description = text, Default = text }),
        new() { Name = "few", Label = All, Kind = StartOptionKind.Choice, Choices = [.. Texts.Take(3).Select(Choice)] },
        new() { Name = "many", Label = All, Kind = StartOptionKind.Choice, Choices = [.. Texts.Select(Choice)] },
        new() { Name = "on", Label = All, Description = All, Kind = StartOptionKind.Boolean },
    ];

    private static StartOptionChoice Choice(string text) => new() { Value = text, Label = text, Description = text };

    private static void Configure(HubSetup setup)
    {
        setup.Hub = hub =>
        {
            hub.AllowNamedServers = true;
            hub.Announcement = All;
            hub.Pages.Title = "</title><script>alert(1)</script>";
            hub.Pages.Footer = All;
            hub.Pages.Contact = All;
            foreach (var text in Texts.Take(6))
            {
                hub.Pages.Links[text] = "https://example.org/\"onmouseover=\"alert(1)";
                hub.Pages.FooterLinks[text] = "/\"><script>alert(1)</script>";
            }
        };
        setup.LateServices = builder =>
        {
            var routes = (HubRouteTable)builder.Services.Single(service => service.ServiceType == typeof(HubRouteTable)).ImplementationInstance!;
            routes.Page("GET", Raw, request =>
            {
                request.Http.Response.ContentType = "text/html; charset=utf-8";
                if (request.Query("unguarded") is not null)
                {
                    request.Http.Response.Headers.Remove("Content-Security-Policy");
                }

                return request.Http.Response.WriteAsync($"<!doctype html><html lang=en><title>Raw</title><link rel=icon href=data:,><main>{request.Query("text")}</main>");
            }).AllowAnonymous();
        };
    }

    private async Task PlayAsync(SpawnRequest request, CancellationToken cancellationToken)
    {
        foreach (var text in Texts)
        {
            request.Observer.Report(text, 10);
        }

        if (request.ServerName == "failed")
        {
            throw new SpawnException(All + "\n" + string.Join('\n', Texts));
        }

        if (request.ServerName == "slow")
        {
            await gate.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Users, groups, roles, tokens.</summary>
    private Task<int> AddPeopleAsync(HubUser person) => Host.Database.WriteAsync(
        async (db, token) =>
        {
            db.Attach(person).Entity.UserInfo = new JsonObject(Texts.Select(text => KeyValuePair.Create(text, (JsonNode?)text)));
            foreach (var (index, text) in Texts.Index())
            {
                var user = NameOf(text) == Person ? person : db.Add(new HubUser { Name = NameOf(text), CookieId = HubUser.NewCookieId(), Created = DateTime.UtcNow, UserInfo = new JsonObject { [text] = text } }).Entity;
                var group = db.Add(new HubGroup { Name = text, Properties = new JsonObject { [text] = text } }).Entity;
                var role = db.Add(new HubRole { Name = $"hostile-{index}", Description = text, Scopes = ["list:users"] }).Entity;
                var odd = db.Add(new HubRole { Name = text, Description = text, Scopes = [$"read:users!user={NameOf(text)}"] }).Entity;
                await db.SaveChangesAsync(token);
                db.Add(new RoleOrigin { RoleId = role.Id, Origin = RoleOrigins.Api, Creator = "user " + Person, CreatedAt = DateTime.UtcNow });
                db.AddRange(new UserGroup { GroupId = group.Id, UserId = person.Id }, new UserRole { RoleId = role.Id, UserId = person.Id }, new GroupRole { RoleId = odd.Id, GroupId = group.Id });
                db.Add(new HubSpawner { UserId = person.Id, Name = $"n{index}", DisplayName = text });
                db.Add(new HubSpawner { UserId = person.Id, Name = NameOf(text), DisplayName = text });
                if (user != person)
                {
                    db.Add(new HubSpawner { UserId = user.Id, Name = "lab", DisplayName = text });
                }

                await HubTokens.AddAsync(db, new NewToken { UserId = person.Id, Note = text, Scopes = [$"read:users!user={NameOf(text)}", text] }, TimeProvider.System, token);
            }

            await db.SaveChangesAsync(token);
            return 0;
        },
        CancellationToken.None);

    /// <summary>Services, and applications that were let in.</summary>
    private async Task AddServicesAsync(HubUser person)
    {
        foreach (var (index, text) in Texts.Index())
        {
            var client = await Host.Data.AddAsync(new OAuthClient
            {
                Identifier = $"service-hostile-{index}", Description = text, Secret = TokenHash.Create("secret-of-the-client"), RedirectUri = "https://example.org/callback",
                AllowedScopes = ["read:users!user", $"read:users!user={NameOf(text)}"],
            });
            await Host.Data.AddAsync(new HubService
            {
                Name = text, Display = true, OAuthClientId = client.Identifier, Info = new JsonObject { ["description"] = text, ["url"] = text },
                Url = text.StartsWith("https:", StringComparison.Ordinal) ? text : null,
            });
            await Host.Data.TokenAsync(new NewToken { UserId = person.Id, Note = text, Scopes = [text], ClientId = client.Identifier });
        }

        await Host.Data.GrantAsync(Person, "access:services", "shares!user=" + Person, "list:users", "list:groups");
    }

    private async Task StartAsync()
    {
        var options = new JsonObject(Texts.Select(text => KeyValuePair.Create(text, (JsonNode?)text)));
        var supervisor = Host.Get<ServerSupervisor>();
        foreach (var name in new[] { "failed", "slow", "ready" })
        {
            var start = await supervisor.StartAsync(Person, name, new(DisplayName: All[..200], UserOptions: options.DeepClone().AsObject()), CancellationToken.None);
            if (name != "slow")
            {
                await start.Completion.WaitAsync(Eventually.Deadline);
            }
        }
    }

    /// <summary>The person's server is shared with all, all share with the person, and links lead to both.</summary>
    private async Task AddSharesAsync(HubUser person)
    {
        var servers = await Host.Data.ListAsync<HubSpawner>();
        var own = servers.Single(server => server.UserId == person.Id && server.Name == "ready");
        var others = (await Host.Data.ListAsync<HubUser>()).Where(user => user.Id != person.Id && Texts.Any(text => NameOf(text) == user.Name)).ToList();
        foreach (var other in others)
        {
            var theirs = servers.First(server => server.UserId == other.Id);
            await Host.Data.AddAsync(new Share { OwnerId = person.Id, SpawnerId = own.Id, UserId = other.Id, CreatedAt = DateTime.UtcNow, Scopes = [$"access:servers!server={Person}/ready"] });
            await Host.Data.AddAsync(new Share { OwnerId = other.Id, SpawnerId = theirs.Id, UserId = person.Id, CreatedAt = DateTime.UtcNow, Scopes = [$"access:servers!server={other.Name}/lab"] });
        }

        foreach (var group in await Host.Data.ListAsync<HubGroup>())
        {
            await Host.Data.AddAsync(new Share { OwnerId = person.Id, SpawnerId = own.Id, GroupId = group.Id, CreatedAt = DateTime.UtcNow, Scopes = [$"access:servers!server={Person}/ready"] });
        }

        await MakeLinkAsync(person, "ready");
        var code = Assert.Single(await Host.Data.ListAsync<ShareCode>());
        foreach (var other in others)
        {
            await Host.Data.AddAsync(new ShareCodeUse { ShareCodeId = code.Id, UserId = other.Id, UsedAt = DateTime.UtcNow });
        }

        ShareCode = await MakeLinkAsync(others[0], "lab");
    }

    private async Task<string> MakeLinkAsync(HubUser owner, string server)
    {
        var authority = await Host.Get<IAuthorities>().OfUserAsync((await Host.Data.UserAsync("root")).Id, CancellationToken.None);
        var maker = new Requester { Kind = RequesterKind.User, Id = owner.Id, Name = owner.Name, Admin = true, Authority = authority };
        var made = await Host.Get<ShareCodes>().CreateAsync(maker, new ServerName(owner.Name, server), ["access:servers", "read:shares"], TimeSpan.FromDays(1), CancellationToken.None);
        return made.Value!.Code;
    }
}
