using JupyterHub.Proxy.Tests.Hosts;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Tests.Forwarding;

/// <summary>What a server is told about its client, and by whom.</summary>
public class ForwardingHeadersTests : ForwardingTest
{
    private const string Forged =
        "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 7.7.7.7\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Port: 1\r\n" +
        "X-Forwarded-Prefix: /evil\r\nForwarded: for=6.6.6.6;proto=https\r\nX-Scheme: https\r\nX-Real-IP: 6.6.6.6\r\n" +
        "X_Forwarded_For: 6.6.6.6\r\nx_real_ip: 6.6.6.6\r\nX_Scheme: https\r\n";

    [Fact]
    public async Task A_client_is_described_as_it_came()
    {
        var headers = await HeadersSeenAsync("Host: hub.example:8000\r\n");
        Assert.Equal(
            ["X-Forwarded-For: 127.0.0.1", "X-Forwarded-Host: hub.example:8000", "X-Forwarded-Port: 8000", "X-Forwarded-Proto: http"],
            headers);
    }

    [Fact]
    public async Task What_a_client_says_about_itself_is_replaced()
    {
        var headers = await HeadersSeenAsync("Host: hub.example\r\n" + Forged);
        Assert.Equal(
            ["X-Forwarded-For: 127.0.0.1", "X-Forwarded-Host: hub.example", "X-Forwarded-Port: 80", "X-Forwarded-Proto: http"],
            headers);
    }

    [Fact]
    public async Task A_client_cannot_have_them_removed_by_declaring_them_hop_by_hop()
    {
        var headers = await HeadersSeenAsync("Host: hub.example\r\nConnection: X-Forwarded-For, X-Forwarded-Proto, X-Forwarded-Host\r\n");
        Assert.Equal(
            ["X-Forwarded-For: 127.0.0.1", "X-Forwarded-Host: hub.example", "X-Forwarded-Port: 80", "X-Forwarded-Proto: http"],
            headers);
    }

    [Fact]
    public async Task A_trusted_proxy_is_believed_and_added_to()
    {
        var headers = await HeadersSeenAsync(
            "Host: hub.internal:8000\r\nX-Forwarded-For: 192.0.2.1\r\nX-Forwarded-For: 192.0.2.2\r\nX-Forwarded-Proto: https\r\n" +
            "X-Forwarded-Host: hub.example\r\nX-Forwarded-Port: 443\r\nForwarded: for=192.0.2.1;proto=https\r\nX-Scheme: https\r\nX-Real-IP: 192.0.2.1\r\n",
            "127.0.0.0/8");
        Assert.Equal(
            [
                "Forwarded: for=192.0.2.1;proto=https",
                "X-Forwarded-For: 192.0.2.1,192.0.2.2,127.0.0.1",
                "X-Forwarded-Host: hub.example",
                "X-Forwarded-Port: 443,8000",
                "X-Forwarded-Proto: https,http",
                "X-Real-IP: 192.0.2.1",
                "X-Scheme: https",
            ],
            headers);
    }

    [Fact]
    public async Task A_trusted_proxy_that_says_nothing_is_described_like_any_client()
    {
        var headers = await HeadersSeenAsync("Host: hub.example\r\n", "127.0.0.1");
        Assert.Equal(
            ["X-Forwarded-For: 127.0.0.1", "X-Forwarded-Host: hub.example", "X-Forwarded-Port: 80", "X-Forwarded-Proto: http"],
            headers);
    }

    [Fact]
    public async Task Another_trusted_address_does_not_make_this_one_trusted()
    {
        var headers = await HeadersSeenAsync("Host: hub.example\r\n" + Forged, "127.0.0.2");
        Assert.Contains("X-Forwarded-For: 127.0.0.1", headers);
        Assert.DoesNotContain(headers, header => header.Contains("6.6.6.6", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_the_proxy_says_nothing_a_client_says_nothing_about_itself_either()
    {
        var headers = await HeadersSeenAsync("Host: hub.example\r\n" + Forged, adds: false);
        Assert.Equal([""], headers);
    }

    [Fact]
    public async Task Where_the_proxy_says_nothing_a_trusted_one_in_front_is_passed_on_as_it_is()
    {
        var headers = await HeadersSeenAsync("Host: hub.example\r\nX-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: https\r\nX-Real-IP: 192.0.2.1\r\n", adds: false, "127.0.0.1");
        Assert.Equal(["X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https", "X-Real-IP: 192.0.2.1"], headers);
    }

    private Task<string[]> HeadersSeenAsync(string headers, params string[] trusted) => HeadersSeenAsync(headers, adds: true, trusted);

    // nginx and the like add commas as they please; node writes them without a space, and so do we.
    private async Task<string[]> HeadersSeenAsync(string headers, bool adds, params string[] trusted)
    {
        await using var ada = await UpstreamServer.StartAsync(context => context.Response.WriteAsync(string.Join('\n', context.Request.Headers
            .Where(header => header.Key.Contains("orward", StringComparison.OrdinalIgnoreCase)
                || header.Key.Contains("scheme", StringComparison.OrdinalIgnoreCase)
                || header.Key.Contains("real", StringComparison.OrdinalIgnoreCase))
            .OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
            .Select(header => $"{header.Key}: {string.Join(" | ", header.Value.ToArray())}"))));
        await using var proxy = await StartProxyAsync(setup =>
        {
            setup.Forwarding = options => options with { AddsForwardingHeaders = adds };
            foreach (var address in trusted)
            {
                setup.Hub.TrustedDownstreamIps.Add(address);
            }
        });
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync($"GET /user/ada/ HTTP/1.0\r\n{headers}\r\n");
        var answer = await connection.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        return answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Split('\n');
    }
}
