using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using JupyterHub.Client.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace JupyterHub.Client.Authentication;

/// <summary>Says no: to browsers by a page, to programs as the hub itself does, in JSON.</summary>
internal sealed class ProblemAnswers(ServiceSettings settings, IOptionsMonitor<JupyterHubAuthenticationOptions> options)
{
    public static HubSignInProblem Unavailable(JupyterHubException problem) => problem.Status is null
        ? new(StatusCodes.Status503ServiceUnavailable, "The hub does not answer", "The hub cannot be reached. Try again soon.")
        : new(StatusCodes.Status502BadGateway, "The hub does not answer", $"The hub answered {(int)problem.Status.Value}. Try again soon.");

    public async Task WriteAsync(HttpContext context, HubSignInProblem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.Headers.CacheControl = "no-store";
        if (!RequestKinds.IsNavigation(context))
        {
            context.Response.ContentType = "application/json";
            var body = JsonSerializer.SerializeToUtf8Bytes(new(problem.Status, problem.Message), HubJson.Default.ProblemBody);
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
        else if (options.Get(JupyterHubDefaults.AuthenticationScheme).ProblemPage is { } page)
        {
            await page(context, problem);
        }
        else
        {
            await WritePageAsync(context, problem);
        }
    }

    private async Task WritePageAsync(HttpContext context, HubSignInProblem problem)
    {
        var html = HtmlEncoder.Default;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        await context.Response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>{html.Encode(problem.Title)}</title></head>
            <body>
            <h1>{html.Encode(problem.Title)}</h1>
            <p>{html.Encode(problem.Message)}</p>
            <p><a href="{html.Encode(settings.Prefix)}">Try again</a> <a href="{html.Encode(settings.HubPages)}home">Hub home</a></p>
            </body>
            </html>

            """,
            context.RequestAborted);
    }
}
