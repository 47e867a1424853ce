using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using JupyterHub.Core.Hosting;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Tests.Forwarding;
using JupyterHub.Proxy.Tests.Hosts;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.Proxy.Tests.Transport;

public sealed class TlsTargetTests : IDisposable
{
    private readonly TestAuthority authority = new();

    public void Dispose() => authority.Dispose();

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task A_server_is_believed_by_the_authority_that_is_trusted_and_by_its_own_name(string host)
    {
        await using var ada = await StartAsync(host);
        await using var proxy = await ProxyHost.StartAsync(setup => setup.Proxy = options => options.TrustedAuthorityFiles.Add(authority.File));
        await proxy.RouteAsync("/user/ada/", ada.Url, host);

        // The name that the client asks for is the hub's and no server's business.
        using var request = new HttpRequestMessage(HttpMethod.Get, "/user/ada/x");
        request.Headers.Host = "hub.example.org";
        using var answer = await proxy.Client.SendAsync(request);
        Assert.Equal($"hub.example.org sni={(host == "localhost" ? host : "")} nobody", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_not_believed()
    {
        await using var ada = await StartAsync("ada.example.org");
        await using var proxy = await ProxyHost.StartAsync(setup => setup.Proxy = options => options.TrustedAuthorityFiles.Add(authority.File));
        await proxy.RouteAsync("/user/ada/", ada.Url, "localhost");
        await AssertUnavailableAsync(proxy, "RemoteCertificateNameMismatch");
    }

    [Fact]
    public async Task A_certificate_from_nowhere_or_out_of_date_is_not_believed()
    {
        using var other = new TestAuthority();
        await using var ada = await StartAsync("localhost");
        await using var proxy = await ProxyHost.StartAsync(setup => setup.Proxy = options => options.TrustedAuthorityFiles.Add(other.File));
        await proxy.RouteAsync("/user/ada/", ada.Url, "localhost");
        await AssertUnavailableAsync(proxy, "NotSignatureValid", "PartialChain");

        await using var usual = await ProxyHost.StartAsync();
        await usual.RouteAsync("/user/ada/", ada.Url, "localhost");
        await AssertUnavailableAsync(usual, "PartialChain", "UntrustedRoot");

        await using var late = await StartAsync("localhost", until: DateTimeOffset.UtcNow.AddMinutes(-1));
        await using var strict = await ProxyHost.StartAsync(setup => setup.Proxy = options => options.TrustedAuthorityFiles.Add(authority.File));
        await strict.RouteAsync("/user/ada/", late.Url, "localhost");
        await AssertUnavailableAsync(strict, "NotTimeValid");
    }

    [Fact]
    public async Task Any_certificate_is_believed_when_a_host_wants_it_so()
    {
        await using var ada = await StartAsync("elsewhere");
        await using var proxy = await ProxyHost.StartAsync(setup => setup.Proxy = options => options.AcceptsAnyServerCertificate = true);
        await proxy.RouteAsync("/user/ada/", ada.Url, "localhost");
        Assert.EndsWith("nobody", await proxy.Client.GetStringAsync("/user/ada/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_proxy_shows_its_own_certificate(bool keyInSameFile)
    {
        var files = authority.IssueFiles("proxy-client");
        await using var ada = await StartAsync("localhost", ClientCertificateMode.RequireCertificate);
        await using var proxy = await ProxyHost.StartAsync(setup => setup.Proxy = options =>
        {
            options.TrustedAuthorityFiles.Add(authority.File);
            options.ClientCertificateFile = keyInSameFile ? authority.Write("both.pem", File.ReadAllText(files.Certificate) + "\n" + File.ReadAllText(files.Key)) : files.Certificate;
            options.ClientCertificateKeyFile = keyInSameFile ? null : files.Key;
        });
        await proxy.RouteAsync("/user/ada/", ada.Url, "localhost");
        Assert.EndsWith("CN=proxy-client", await proxy.Client.GetStringAsync("/user/ada/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_certificate_a_server_that_asks_for_one_is_unavailable()
    {
        await using var ada = await StartAsync("localhost", ClientCertificateMode.RequireCertificate);
        await using var proxy = await ProxyHost.StartAsync(setup => setup.Proxy = options => options.TrustedAuthorityFiles.Add(authority.File));
        await proxy.RouteAsync("/user/ada/", ada.Url, "localhost");
        using var answer = await proxy.Client.GetAsync("/user/ada/");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task Credentials_that_are_swapped_are_shown_to_the_next_server()
    {
        await using var ada = await StartAsync("localhost", ClientCertificateMode.RequireCertificate);
        await using var proxy = await ProxyHost.StartAsync(setup => setup.Proxy = options => options.TrustedAuthorityFiles.Add(authority.File));
        await proxy.RouteAsync("/user/ada/", ada.Url, "localhost");
        using (var refused = await proxy.Client.GetAsync("/user/ada/"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        var files = authority.IssueFiles("second");
        var tls = proxy.Services.GetRequiredService<ForwardingOptions>().Tls;
        tls.Current = tls.Current with { Certificate = PemFiles.ReadWithKey(files.Certificate, files.Key) };
        Assert.EndsWith("CN=second", await proxy.Client.GetStringAsync("/user/ada/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_websocket_goes_over_TLS_too()
    {
        await using var ada = await UpstreamServer.StartAsync(WebSocketTests.EchoAsync, Listen("localhost"));
        await using var proxy = await ProxyHost.StartAsync(setup => setup.Proxy = options => options.TrustedAuthorityFiles.Add(authority.File));
        await proxy.RouteAsync("/user/ada/", ada.Url, "localhost");
        using var socket = await WebSocketTests.ConnectAsync(proxy, "/user/ada/");
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[100];
        var message = await socket.ReceiveAsync(buffer, CancellationToken.None);
        Assert.Equal("hello", System.Text.Encoding.UTF8.GetString(buffer, 0, message.Count));
    }

    [Fact]
    public async Task A_server_that_takes_connections_but_shakes_no_hands_is_given_up()
    {
        using var silent = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var proxy = await ProxyHost.StartAsync(setup => setup.Proxy = options => options.ConnectTimeout = TimeSpan.FromMilliseconds(200));
        await proxy.RouteAsync("/user/ada/", new Uri($"https://{silent.LocalEndpoint}"));
        await AssertUnavailableAsync(proxy, "TimedOut");
    }

    [Fact]
    public void Files_that_cannot_be_used_stop_the_host_with_the_name_of_the_setting()
    {
        var files = authority.IssueFiles("client");
        Fails("ClientCertificateKeyFile", options => options.ClientCertificateKeyFile = files.Key);
        Fails("ClientCertificateFile", options => options.ClientCertificateFile = "/nowhere/cert.pem");
        Fails("ClientCertificateFile", options => (options.ClientCertificateFile, options.ClientCertificateKeyFile) = (files.Certificate, authority.File));
        Fails("ClientCertificateFile", options => (options.ClientCertificateFile, options.ClientCertificateKeyFile) = (files.Certificate, authority.IssueFiles("other").Key));
        Fails("TrustedAuthorityFiles", options => options.TrustedAuthorityFiles.Add(authority.Write("empty.pem", "nothing")));
        Fails("TrustedAuthorityFiles", options => options.TrustedAuthorityFiles.Add(authority.Write("bad.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")));

        static void Fails(string setting, Action<InProcessProxyOptions> configure)
        {
            var options = new InProcessProxyOptions();
            configure(options);
            var failure = Assert.Throws<HubStartupException>(() => ForwardingOptions.Of(options));
            Assert.Contains($"InProcessProxyOptions.{setting} ", failure.Message, StringComparison.Ordinal);
        }
    }

    private static async Task AssertUnavailableAsync(ProxyHost proxy, params string[] anyOf)
    {
        using var answer = await proxy.Client.GetAsync("/user/ada/");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var line = Assert.Single(proxy.LogLines, line => line.StartsWith("5010 ", StringComparison.Ordinal));
        Assert.True(anyOf.Any(cause => line.Contains(cause, StringComparison.Ordinal)), line);
    }

    private Task<UpstreamServer> StartAsync(string name, ClientCertificateMode mode = ClientCertificateMode.NoCertificate, DateTimeOffset? until = null) =>
        UpstreamServer.StartAsync(
            context => context.Response.WriteAsync(
                $"{context.Request.Host.Value} sni={context.Features.Get<ServerName>()?.Value} {context.Connection.ClientCertificate?.Subject ?? "nobody"}"),
            Listen(name, mode, until));

    private Action<KestrelServerOptions> Listen(string name, ClientCertificateMode mode = ClientCertificateMode.NoCertificate, DateTimeOffset? until = null) =>
        kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            var certificate = authority.Issue(name, until);
            https.ServerCertificateSelector = (connection, asked) =>
            {
                connection?.Features.Set(new ServerName(asked));
                return certificate;
            };
            https.ClientCertificateMode = mode;
            https.ClientCertificateValidation = (certificate, _, _) => authority.Knows(certificate);
        }));

    private sealed record ServerName(string? Value);
}
