using System.IO.Compression;

namespace JupyterHub.AspNetCore.Tests.Pages;

/// <summary>Files of pages: compressed for who can unpack them, kept by browsers, not sent twice.</summary>
public sealed class PageFilesTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("br;q=0.5, gzip", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("*", "br")]
    [InlineData("identity", null)]
    [InlineData("deflate", null)]
    [InlineData("br;q=0, gzip;q=0", null)]
    [InlineData("*;q=0", null)]
    [InlineData("br;q=high", null)]
    [InlineData("BR", "br")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public async Task Browsers_get_what_they_can_unpack(string? accepted, string? encoding)
    {
        using var plain = await GetAsync("/hub/static/hub.css", null);
        var expected = await plain.Content.ReadAsByteArrayAsync();
        using var answer = await GetAsync("/hub/static/hub.css", accepted);
        Assert.Equal(encoding, answer.Header("Content-Encoding"));
        Assert.Equal("Accept-Encoding", answer.Header("Vary"));
        Assert.Equal("text/css", answer.Content.Headers.ContentType?.MediaType);
        var sent = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(sent.Length, answer.Content.Headers.ContentLength);
        Assert.Equal(expected, Unpack(sent, encoding));
        Assert.True(encoding is null || sent.Length < expected.Length / 2);
    }

    [Fact]
    public async Task Nothing_is_sent_again_that_the_browser_has()
    {
        foreach (var accepted in new[] { null, "gzip", "br" })
        {
            using var first = await GetAsync("/hub/static/hub.js", accepted);
            var tag = first.Header("ETag")!;
            using var second = await GetAsync("/hub/static/hub.js", accepted, tag);
            Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
            Assert.Empty(await second.Content.ReadAsByteArrayAsync());
            Assert.Equal(tag, second.Header("ETag"));
            Assert.Null(second.Header("Content-Encoding"));
            Assert.Equal("Accept-Encoding", second.Header("Vary"));
            using var weak = await GetAsync("/hub/static/hub.js", accepted, $"\"other\", W/{tag}");
            Assert.Equal(HttpStatusCode.NotModified, weak.StatusCode);
            using var other = await GetAsync("/hub/static/hub.js", accepted, "\"other\"");
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        }

        using var packed = await GetAsync("/hub/static/hub.js", "br");
        using var unpacked = await GetAsync("/hub/static/hub.js", null, packed.Header("ETag"));
        Assert.Equal(HttpStatusCode.OK, unpacked.StatusCode);
    }

    [Fact]
    public async Task Only_the_very_version_is_kept_for_good()
    {
        using var page = await fixture.Host.SendAsync("GET", "/hub/login");
        var current = System.Text.RegularExpressions.Regex.Match(await page.TextAsync(), """href="(/hub/static/hub\.css\?v=[0-9a-f]+)""").Groups[1].Value;
        using var kept = await GetAsync(current, "br");
        Assert.Equal("public, max-age=31536000, immutable", kept.Header("Cache-Control"));
        foreach (var target in new[] { "/hub/static/hub.css", "/hub/static/hub.css?v=", "/hub/static/hub.css?v=0123456789abcdef" })
        {
            // While a new version is rolled out, an old hub must not have its file kept under the new one's address.
            using var asked = await GetAsync(target, "br");
            Assert.Equal("no-cache", asked.Header("Cache-Control"));
        }
    }

    [Fact]
    public async Task Pages_themselves_are_not_compressed()
    {
        using var page = await GetAsync("/hub/login", "gzip, br");
        Assert.Null(page.Header("Content-Encoding"));
    }

    private async Task<HttpResponseMessage> GetAsync(string target, string? accepted, string? known = null)
    {
        using var request = fixture.Host.NewRequest("GET", target);
        foreach (var (name, value) in new[] { ("Accept-Encoding", accepted), ("If-None-Match", known) })
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await fixture.Host.Client.SendAsync(request);
    }

    private static byte[] Unpack(byte[] sent, string? encoding)
    {
        if (encoding is null)
        {
            return sent;
        }

        using var source = new MemoryStream(sent);
        using Stream stream = encoding == "br" ? new BrotliStream(source, CompressionMode.Decompress) : new GZipStream(source, CompressionMode.Decompress);
        using var target = new MemoryStream();
        stream.CopyTo(target);
        return target.ToArray();
    }
}
