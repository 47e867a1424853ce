using JupyterHub.Client.Authentication;
using Workspace.Live;
using Workspace.Pages;

namespace Workspace;

/// <summary>Everything that this app answers.</summary>
internal static class WorkspaceEndpoints
{
    private static readonly Dictionary<string, string> AssetTypes = new(StringComparer.Ordinal)
    {
        ["workspace.css"] = "text/css; charset=utf-8",
        ["workspace.js"] = "text/javascript; charset=utf-8",
        ["icon.svg"] = "image/svg+xml",
    };

    public static void MapWorkspace(this IEndpointRouteBuilder app)
    {
        // Open to everybody: a hub asks for the version to see that the server is up.
        app.MapGet("/api", () => Results.Json(new { version = WorkspaceSettings.ContractVersion }));
        app.MapGet("/assets/{name}", Asset);

        var visitors = app.MapGroup("").RequireAuthorization();
        visitors.MapGet("/", (HttpContext context, WorkspaceSettings settings) => HomePage.Show(settings, context.User));
        visitors.MapGet("/api/me", (HttpContext context, WorkspaceSettings settings) => Results.Json(new
        {
            name = context.User.Identity?.Name,
            groups = context.User.GetHubGroups(),
            scopes = context.User.GetHubScopes(),
            server = settings.ServerName,
            prefix = settings.Prefix,
        })).DisableCookieRedirect();
        // Made now: its clock of the server's uptime starts with it.
        var live = app.ServiceProvider.GetRequiredService<LiveSocket>();
        visitors.MapGet("/ws", (HttpContext context) => live.ServeAsync(context));
        app.MapFallback((WorkspaceSettings settings) =>
            MessagePage.Show(settings, new HubSignInProblem(404, "Not here", "This workspace has no such page.")));
    }

    private static IResult Asset(string name, HttpContext context)
    {
        if (!AssetTypes.TryGetValue(name, out var type))
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "public, max-age=300";
        return Results.Stream(typeof(WorkspaceEndpoints).Assembly.GetManifestResourceStream(name)!, type);
    }
}
