using Workspace.Activity;
using Workspace.Live;
using Workspace.Pages;
using Workspace.SignIn;

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

    public static void MapWorkspace(this IEndpointRouteBuilder app, WorkspaceSettings settings)
    {
        // Open to everybody: a hub asks for the version to see that the server is up.
        app.MapGet("/api", () => Results.Json(new { version = WorkspaceSettings.ContractVersion }));
        app.MapGet("/assets/{name}", Asset);
        app.MapGet("/" + settings.CallbackRoute, (HttpContext context, SignInFlow signIn) => signIn.FinishAsync(context));

        var visitors = app.MapGroup("").RequireAuthorization();
        visitors.MapGet("/", (HttpContext context, ActivityLog activity) =>
        {
            activity.Note();
            return HomePage.Show(settings, context.User);
        });
        visitors.MapGet("/api/me", (HttpContext context, ActivityLog activity) =>
        {
            activity.Note();
            return Results.Json(new
            {
                name = context.User.Identity?.Name,
                groups = context.User.Groups(),
                scopes = context.User.Scopes(),
                server = settings.ServerName,
                prefix = settings.Prefix,
            });
        });
        // Made now: its clock of the server's uptime starts with it.
        var live = app.ServiceProvider.GetRequiredService<LiveSocket>();
        visitors.MapGet("/ws", (HttpContext context) => live.ServeAsync(context));
        app.MapFallback(() => MessagePage.Show(settings, 404, "Not here", "This workspace has no such page."));
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
