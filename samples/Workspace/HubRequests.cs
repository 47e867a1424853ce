using Workspace.Hub;
using Workspace.Pages;

namespace Workspace;

/// <summary>
/// What holds for every request: it lies below the server's prefix, its answer carries the headers that a hub and a
/// browser need, and a hub that cannot be asked is a 502 that says so.
/// </summary>
internal sealed partial class HubRequests(RequestDelegate next, WorkspaceSettings settings, ILogger<HubRequests> logger)
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly PathString prefix = PathString.FromUriComponent(settings.Prefix.TrimEnd('/'));

    public async Task InvokeAsync(HttpContext context)
    {
        WriteHeaders(context.Response.Headers);
        if (!context.Request.Path.StartsWithSegments(prefix, StringComparison.Ordinal, out var rest))
        {
            await MessagePage.Show(settings, 404, "Not here", $"This server lives below {settings.Prefix}.").ExecuteAsync(context);
            return;
        }

        if (!rest.HasValue)
        {
            context.Response.Redirect(settings.Prefix);
            return;
        }

        context.Request.PathBase = prefix;
        context.Request.Path = rest;
        try
        {
            await next(context);
        }
        catch (HubUnavailableException problem) when (!context.Response.HasStarted)
        {
            LogUnavailable(problem.Message);
            await MessagePage.Show(settings, 502, "The hub does not answer", problem.Message).ExecuteAsync(context);
        }
    }

    private static void WriteHeaders(IHeaderDictionary headers)
    {
        headers["X-JupyterHub-Version"] = WorkspaceSettings.ContractVersion;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A visitor could not be checked: {Reason}")]
    private partial void LogUnavailable(string reason);
}
