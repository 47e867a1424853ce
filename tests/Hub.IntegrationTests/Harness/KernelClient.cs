using JupyterHub.Testing;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace JupyterHub.IntegrationTests.Harness;

/// <summary>Runs code in a kernel of a Jupyter server, the way the notebook page does: REST to make it, WebSocket to talk.</summary>
internal sealed class KernelClient(Browser browser, string serverPath)
{
    private readonly string session = Guid.NewGuid().ToString("N");

    public string? KernelId { get; private set; }

    /// <summary>The browser must have opened the server's page: that gives it the server's own XSRF cookie.</summary>
    public async Task CreateAsync()
    {
        var page = await browser.CallAsync(HttpMethod.Post, serverPath + "api/kernels", new JsonObject { ["name"] = "python3" });
        page.MustBe(HttpStatusCode.Created);
        KernelId = page.Json["id"]!.GetValue<string>();
    }

    /// <summary>What the code's last expression is, or what it printed.</summary>
    public async Task<string> ExecuteAsync(string code)
    {
        using var patience = new CancellationTokenSource(Eventually.Deadline);
        using var socket = await ConnectAsync(patience.Token);
        var id = Guid.NewGuid().ToString("N");
        var bytes = Encoding.UTF8.GetBytes(Request(id, code).ToJsonString());
        await socket.SendAsync(bytes, WebSocketMessageType.Text, true, patience.Token);

        var output = new StringBuilder();
        while (true)
        {
            var message = await ReceiveAsync(socket, patience.Token);
            if (message["parent_header"]?["msg_id"]?.GetValue<string>() != id)
            {
                continue;
            }

            var content = message["content"]!;
            switch (message["msg_type"]!.GetValue<string>())
            {
                case "stream":
                    output.Append(content["text"]!.GetValue<string>());
                    break;
                case "execute_result":
                    output.Append(content["data"]!["text/plain"]!.GetValue<string>());
                    break;
                case "error":
                    Assert.Fail($"The kernel answered {content["ename"]}: {content["evalue"]}");
                    break;
                case "status" when content["execution_state"]!.GetValue<string>() == "idle":
                    return output.ToString().Trim();
            }
        }
    }

    private async Task<ClientWebSocket> ConnectAsync(CancellationToken cancellation)
    {
        var path = $"{serverPath}api/kernels/{KernelId}/channels";
        var address = new UriBuilder(new Uri(browser.Origin, path)) { Scheme = browser.Origin.Scheme == Uri.UriSchemeHttps ? "wss" : "ws", Query = "session_id=" + session }.Uri;
        var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = OwnCertificate.IsShown;
        socket.Options.SetRequestHeader("Cookie", browser.Cookies.HeaderFor(path));
        socket.Options.SetRequestHeader("Origin", browser.Origin.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(address, cancellation);
        return socket;
    }

    private JsonObject Request(string id, string code) => new()
    {
        ["header"] = new JsonObject
        {
            ["msg_id"] = id,
            ["msg_type"] = "execute_request",
            ["session"] = session,
            ["username"] = "test",
            ["version"] = "5.3",
            ["date"] = DateTimeOffset.UtcNow.ToString("O"),
        },
        ["parent_header"] = new JsonObject(),
        ["metadata"] = new JsonObject(),
        ["content"] = new JsonObject
        {
            ["code"] = code,
            ["silent"] = false,
            ["store_history"] = true,
            ["user_expressions"] = new JsonObject(),
            ["allow_stdin"] = false,
            ["stop_on_error"] = true,
        },
        ["channel"] = "shell",
        ["buffers"] = new JsonArray(),
    };

    private static async Task<JsonNode> ReceiveAsync(WebSocket socket, CancellationToken cancellation)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
            Assert.NotEqual(WebSocketMessageType.Close, part.MessageType);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        return JsonNode.Parse(message.ToArray())!;
    }
}
