using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace ProxyPeers;

/// <summary>What stands behind the proxies: bodies of any size below <c>…/bytes/SIZE</c>, and an answer to each WebSocket message.</summary>
internal static class Server
{
    private const int Largest = 10 * 1024 * 1024;
    private const int Piece = 64 * 1024;

    private static readonly byte[] Content = [.. Enumerable.Range(0, Largest).Select(index => (byte)('a' + (index % 26)))];

    public static async Task<int> RunAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));
        await using var app = builder.Build();
        app.Run(context => context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } ? EchoAsync(context) : AnswerAsync(context));
        await app.RunAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value.AsSpan();
        if (!int.TryParse(path[(path.LastIndexOf('/') + 1)..], out var size) || size > Largest)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "text/plain";
        context.Response.ContentLength = size;

        // In pieces, so that a reader that is slow holds no more than one.
        for (var sent = 0; sent < size; sent += Piece)
        {
            await context.Response.Body.WriteAsync(Content.AsMemory(sent, Math.Min(Piece, size - sent)), context.RequestAborted);
        }
    }

    // The frames are of one kind and need not be taken apart: what is measured is the proxy, not the server.
    private static async Task EchoAsync(HttpContext context)
    {
        context.Response.Headers.SecWebSocketAccept = Frames.Accept(context.Request.Headers.SecWebSocketKey.ToString());
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.Connection = "Upgrade";
        await using var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        var buffer = new byte[Frames.FromClient.Length];
        while (await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false) == buffer.Length)
        {
            await stream.WriteAsync(Frames.FromServer);
        }
    }
}
