using System.Text.RegularExpressions;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Services;

namespace JupyterHub.Pages.Tests.Pages.Whole;

/// <summary>A hub with enough of everything that lists have a full first page, and the address of each page that it has.</summary>
public sealed partial class FullHub : IAsyncLifetime
{
    internal HubHost Host { get; private set; } = null!;

    /// <summary>What a browser shows, by its pattern; what starts servers comes last: other pages are those of a server that does not run.</summary>
    internal IEnumerable<HubRoute> Pages => Host.Get<HubRouteTable>().Routes.Where(IsPage).OrderBy(StartsServer);

    public async Task InitializeAsync()
    {
        Host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.AllowNamedServers = true);
        for (var index = 0; index < 120; index++)
        {
            await Host.Data.UserAsync($"user-{index:000}-with-a-name-of-usual-length");
        }

        await Host.Data.GroupAsync("physics", "root", "ada");
        var role = await Host.Data.AddAsync(new HubRole { Name = "helpers", Scopes = ["list:users"] });
        await Host.Data.AddAsync(new RoleOrigin { RoleId = role.Id, Origin = RoleOrigins.Api, CreatedAt = DateTime.UtcNow });
        await Host.Data.AddAsync(new HubService { Name = "announcements", Display = true });
        foreach (var name in new[] { "root", "ada" })
        {
            await Host.Data.SpawnerAsync(name, "analysis");
            for (var index = 0; index < 20; index++)
            {
                await Host.Data.UserTokenAsync(name, "self");
            }
        }
    }

    public Task DisposeAsync() => Host.DisposeAsync().AsTask();

    /// <summary>The address of a page, with the visitor's own name where it asks for one.</summary>
    internal static string AddressOf(HubRoute route, string visitor) => "/hub/" + Parameter().Replace(route.Pattern, match => match.Groups[1].Value.TrimStart('*') switch
    {
        "user" or "owner" => visitor,
        "server" => "analysis",
        "group" => "physics",
        "role" => "helpers",
        "code" => "503",
        _ => "x",
    });

    /// <summary>True where the address starts a server.</summary>
    internal static bool StartsServer(HubRoute route) =>
        route.Pattern is "" or "spawn" or "user-redirect/{*path}" || route.Pattern.StartsWith("spawn/", StringComparison.Ordinal);

    /// <summary>Files are no pages, and who has signed out sees none.</summary>
    private static bool IsPage(HubRoute route) =>
        route is { Method: "GET", Kind: HubRouteKind.Page } && !route.Pattern.StartsWith("static/", StringComparison.Ordinal) && route.Pattern is not ("logout" or "logo" or "custom/{name}");

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex Parameter();
}
