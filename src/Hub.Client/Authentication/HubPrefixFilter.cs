using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Client.Authentication;

/// <summary>
/// Puts the app below its prefix, in front of everything else: its own routes are written without it, and links that ASP.NET makes
/// have it. Reading the settings here makes a broken one stop the start.
/// </summary>
internal sealed class HubPrefixFilter(ServiceSettings settings) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (settings.PathBase.HasValue)
        {
            app.Use(next => context => InvokeAsync(context, next));
        }

        next(app);
    };

    private Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments(settings.PathBase, StringComparison.Ordinal, out var rest))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return context.Response.WriteAsync($"This app lives below {settings.Prefix}.", context.RequestAborted);
        }

        if (!rest.HasValue)
        {
            context.Response.Redirect(settings.Prefix + context.Request.QueryString);
            return Task.CompletedTask;
        }

        context.Request.PathBase = context.Request.PathBase.Add(settings.PathBase);
        context.Request.Path = rest;
        return next(context);
    }
}
