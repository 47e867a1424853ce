using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using JupyterHub.Core.Hosting;
using JupyterHub.Proxy.Standalone.Listening;
using JupyterHub.Proxy.Standalone.Tls;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Standalone;

public sealed class TlsTests : IDisposable
{
    private static readonly Uri Health = new("/_chp_healthz", UriKind.Relative);

    private readonly TlsFiles files = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Speaks_HTTP_2_over_TLS_with_the_whole_chain_and_keys_that_may_be_encrypted(bool isEncrypted)
    {
        await using var upstream = await UpstreamServer.StartNamedAsync("ada");
        var settings = Tls(files.WriteServer("one", isEncrypted)) with { KeyPassphrase = isEncrypted ? TlsFiles.Passphrase : null };
        await using var host = await StandaloneHost.StartAsync(all => all with { PublicTls = settings });
        await host.RouteAsync("/user/ada", upstream.Url);
        using var client = files.Client(host.Public.BaseAddress!);

        using var response = await client.GetAsync(new Uri("/user/ada/x", UriKind.Relative));

        Assert.Equal((HttpVersion.Version20, "ada GET /user/ada/x"), (response.Version, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_changed_certificate_is_shown_to_who_comes_next_and_a_broken_one_never()
    {
        var time = new FakeTime();
        await using var host = await StandaloneHost.StartAsync(all => all with { PublicTls = Tls(files.WriteServer("one")) }, time);
        var address = host.Public.BaseAddress!;
        Assert.Equal("CN=one", await SubjectAsync(address));

        await SeesAsync(host, time, "was read again", () => files.WriteServer("two"));
        Assert.Equal("CN=two", await SubjectAsync(address));

        await SeesAsync(host, time, "cannot be used", () => files.Write("server.pem", "-----BEGIN CERTIFICATE-----\nhalf"));
        Assert.Equal("CN=two", await SubjectAsync(address));

        // The certificate is there, its key is still that of the other one. At no time do the two files belong together.
        var key = await File.ReadAllTextAsync(files.WriteServer("three", file: "elsewhere").Key);
        var certificate = await File.ReadAllTextAsync(files.WriteServer("four", file: "elsewhere").Certificate);
        files.Write("server.key", key);
        await SeesAsync(host, time, "cannot be used", () => files.Write("server.pem", certificate));
        Assert.Equal("CN=two", await SubjectAsync(address));

        await SeesAsync(host, time, "is gone, or may not be read", () => File.Delete(files.WriteServer("three").Key));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(host.Log.Lines, line => line.Contains("is gone, or may not be read", StringComparison.Ordinal));
        await SeesAsync(host, time, "can be read again", () => files.Write("server.key", key));
        await SeesAsync(host, time, "was read again", () => files.WriteServer("five"));
        Assert.Equal("CN=five", await SubjectAsync(address));
    }

    [Fact]
    public async Task Clients_of_the_API_may_have_to_show_a_certificate()
    {
        var settings = Tls(files.WriteServer("api")) with { ClientAuthorityFile = files.Root, RequestsClientCertificate = true };
        await using var host = await StandaloneHost.StartAsync(all => all with { ApiTls = settings });
        var address = host.Api.BaseAddress!;
        using var strangers = new TlsFiles();
        using var own = files.MakeClient("hub");
        using var stranger = strangers.MakeClient("hub");
        using var server = files.MakeClient("server", "1.3.6.1.5.5.7.3.1");

        Assert.Equal(HttpStatusCode.Forbidden, await ListAsync(address, own));
        foreach (var other in new[] { null, stranger, server })
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => ListAsync(address, other));
        }
    }

    [Fact]
    public async Task A_version_of_TLS_can_be_asked_for()
    {
        var settings = Tls(files.WriteServer("one")) with { Protocols = SslProtocols.Tls12 };
        await using var host = await StandaloneHost.StartAsync(all => all with { PublicTls = settings });
        var suites = Tls(files.WriteServer("one")) with { CipherSuites = [TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384], Protocols = SslProtocols.Tls12 };
        await using var narrow = await StandaloneHost.StartAsync(all => all with { PublicTls = suites });

        Assert.Equal(SslProtocols.Tls12, (await ShakeAsync(host.Public.BaseAddress!)).Protocol);
        Assert.Equal(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, (await ShakeAsync(narrow.Public.BaseAddress!)).Suite);
    }

    [Fact]
    public async Task Files_that_make_no_sense_are_refused_at_start()
    {
        var (certificate, key) = files.WriteServer("one");
        var foreign = await File.ReadAllTextAsync(key);
        files.WriteServer("two");
        var other = files.Write("other.key", foreign);
        foreach (var wrong in new[] { Tls((certificate, other)), Tls((key, key)), Tls((certificate, certificate)), Tls((certificate, files.WriteServer("x", isKeyEncrypted: true).Key)) })
        {
            var problem = await Assert.ThrowsAsync<HubStartupException>(() => StandaloneHost.StartAsync(all => all with { PublicTls = wrong }));

            Assert.StartsWith("--ssl-cert: ", problem.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/user/ada?x=1", "ada.example.org:1234", 8443, "https://ada.example.org:8443/user/ada?x=1")]
    [InlineData("/", "ada.example.org", 443, "https://ada.example.org/")]
    [InlineData("//evil.example.org/", "ada.example.org", 443, "https://ada.example.org//evil.example.org/")]
    public async Task Plain_HTTP_is_sent_to_HTTPS(string path, string name, int port, string location)
    {
        await using var host = await StandaloneHost.StartAsync(all => all with
        {
            PublicTls = Tls(files.WriteServer("one")),
            Redirect = new ListenAddress("127.0.0.1", 0),
            RedirectTo = port,
        });
        using var raw = await RawConnection.OpenAsync(new Uri(host.Proxy.RedirectAddresses.Single()));

        await raw.SendAsync($"GET {path} HTTP/1.1\r\nHost: {name}\r\n\r\n");
        var head = await raw.ReadHeadAsync();

        Assert.StartsWith("HTTP/1.1 301 ", head, StringComparison.Ordinal);
        Assert.Contains($"\r\nLocation: {location}\r\n", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_host_there_is_nowhere_to_send_anybody()
    {
        await using var host = await StandaloneHost.StartAsync(all => all with
        {
            PublicTls = Tls(files.WriteServer("one")),
            Redirect = new ListenAddress("127.0.0.1", 0),
        });
        using var raw = await RawConnection.OpenAsync(new Uri(host.Proxy.RedirectAddresses.Single()));

        await raw.SendAsync("GET / HTTP/1.0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", await raw.ReadHeadAsync(), StringComparison.Ordinal);
    }

    public void Dispose() => files.Dispose();

    private static TlsSettings Tls((string Certificate, string Key) pair) => new() { CertificateFile = pair.Certificate, KeyFile = pair.Key };

    private static async Task SeesAsync(StandaloneHost host, FakeTime time, string words, Action change)
    {
        int Count() => host.Log.Lines.Count(line => line.Contains(words, StringComparison.Ordinal));
        var before = Count();
        change();
        await Eventually.TrueAsync($"a line \"{words}\"", () =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            return Count() > before;
        });
    }

    private async Task<HttpStatusCode> ListAsync(Uri address, X509Certificate2? own)
    {
        using var client = files.Client(address, own);
        using var response = await client.GetAsync(new Uri("/api/routes", UriKind.Relative));
        return response.StatusCode;
    }

    private async Task<string> SubjectAsync(Uri address)
    {
        using var client = files.Client(address);
        using var response = await client.GetAsync(Health);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await ShakeAsync(address)).Subject;
    }

    private async Task<(string Subject, SslProtocols Protocol, TlsCipherSuite Suite)> ShakeAsync(Uri address)
    {
        using var connection = await RawConnection.OpenAsync(address);
        await using var tls = new SslStream(connection.Stream, leaveInnerStreamOpen: true);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host, CertificateChainPolicy = files.TrustRoot() });
        return (tls.RemoteCertificate!.Subject, tls.SslProtocol, tls.NegotiatedCipherSuite);
    }
}
