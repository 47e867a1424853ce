using System.Globalization;
using JupyterHub.Core.Addressing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.Proxy.Standalone;

/// <summary>Sends whoever comes by plain HTTP to the same place by HTTPS.</summary>
internal sealed class RedirectHandler(int port)
{
    private const int HttpsPort = 443;

    public Task AnswerAsync(HttpContext context)
    {
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (!context.Request.Host.HasValue || !RequestTarget.TryParse(raw, out var target, out _) || target.Form == RequestTargetForm.Asterisk)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsync(
                string.Create(CultureInfo.InvariantCulture, $"Only HTTPS is served, at port {port}; without a host name there is nowhere to send this request."), context.RequestAborted);
        }

        var host = context.Request.Host.Host;
        var authority = port == HttpsPort ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
        context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        context.Response.Headers.Location = $"https://{authority}{target.PathAndQuery}";
        return Task.CompletedTask;
    }
}
