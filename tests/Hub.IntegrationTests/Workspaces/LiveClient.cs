using JupyterHub.Testing;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using JupyterHub.IntegrationTests.Harness;

namespace JupyterHub.IntegrationTests.Workspaces;

/// <summary>The script of the workspace's page.</summary>
internal sealed class LiveClient : IDisposable
{
    private readonly ClientWebSocket socket = new();

    public static async Task<LiveClient> ConnectAsync(Browser browser, string path)
    {
        var client = new LiveClient();
        using var patience = new CancellationTokenSource(Eventually.Deadline);
        await client.OpenAsync(browser, path, browser.Origin.GetLeftPart(UriPartial.Authority), patience.Token);
        return client;
    }

    /// <summary>What the server answers to a socket that it must not open.</summary>
    public static async Task<HttpStatusCode> RefusalAsync(Browser browser, string path, string? origin)
    {
        using var client = new LiveClient();
        using var patience = new CancellationTokenSource(Eventually.Deadline);
        client.socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => client.OpenAsync(browser, path, origin, patience.Token));
        return client.socket.HttpStatusCode;
    }

    public Task SendAsync(string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    public async Task<JsonNode> ReceiveAsync(string type)
    {
        using var patience = new CancellationTokenSource(Eventually.Deadline);
        var buffer = new byte[8192];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            Assert.Equal(WebSocketMessageType.Text, received.MessageType);
            var message = JsonNode.Parse(buffer.AsSpan(0, received.Count))!;
            if (message["type"]!.GetValue<string>() == type)
            {
                return message;
            }
        }
    }

    public void Dispose() => socket.Dispose();

    private Task OpenAsync(Browser browser, string path, string? origin, CancellationToken cancellation)
    {
        socket.Options.SetRequestHeader("Cookie", browser.Cookies.HeaderFor(path));
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        return socket.ConnectAsync(new UriBuilder(new Uri(browser.Origin, path)) { Scheme = "ws" }.Uri, cancellation);
    }
}
