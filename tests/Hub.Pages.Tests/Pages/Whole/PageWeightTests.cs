using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace JupyterHub.Pages.Tests.Pages.Whole;

/// <summary>How much a browser loads that has seen nothing of the hub: each page with its files. The sizes go to artifacts/page-weight.txt.</summary>
public sealed partial class PageWeightTests(FullHub hub) : IClassFixture<FullHub>
{
    private const int Most = 60 * 1024;

    [Fact]
    public async Task Every_page_is_light()
    {
        var browser = await hub.Host.SignInAsync("root");
        var lines = new List<string>();
        var heavy = new List<string>();
        var targets = hub.Pages.Select(route => (browser, FullHub.AddressOf(route, "root")));
        foreach (var (visitor, target) in targets.Append((hub.Host.Browser(), "/hub/login")).Append((browser, "/hub/nothing")))
        {
            var (status, page, files) = await WeighAsync(visitor, target);
            if (page == 0)
            {
                continue;
            }

            lines.Add($"{page + files,7} = {page,6} + {files,6}  {status} {target}");
            if (page + files > Most)
            {
                heavy.Add(target);
            }
        }

        await SaveAsync(lines);
        foreach (var target in new[] { "login", "home", "token", "sharing/root/analysis", "spawn-pending/root/analysis", "admin", "admin/users/root", "admin/tokens", "admin/groups/physics", "admin/roles/helpers", "admin/services", "admin/events", "admin/access", "admin/hub", "admin/routes" })
        {
            Assert.Contains(lines, line => line.EndsWith("200 /hub/" + target, StringComparison.Ordinal));
        }

        Assert.True(heavy.Count == 0, $"More than {Most} bytes: {string.Join(' ', heavy)}");
    }

    /// <summary>The page as a proxy in front would pack it, and its files as they are sent; zero where the answer is no page.</summary>
    private static async Task<(int Status, int Page, int Files)> WeighAsync(HubBrowser browser, string target)
    {
        using var answer = await browser.FollowAsync(await browser.GetAsync(target));
        if (answer.Content.Headers.ContentType?.MediaType != "text/html" || answer.RequestMessage?.RequestUri?.AbsolutePath.StartsWith("/hub/", StringComparison.Ordinal) != true)
        {
            return ((int)answer.StatusCode, 0, 0);
        }

        var page = await answer.Content.ReadAsStringAsync();
        var files = 0;
        foreach (var file in Files().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).Distinct())
        {
            using var sent = await browser.GetAsync(file, ("Accept-Encoding", "gzip, br"));
            Assert.True(sent.IsSuccessStatusCode, $"{target}: {file}");
            files += (await sent.Content.ReadAsByteArrayAsync()).Length;
        }

        return ((int)answer.StatusCode, Packed(page), files);
    }

    private static int Packed(string page)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(page));
        }

        return (int)target.Length;
    }

    private static async Task SaveAsync(List<string> lines)
    {
        var file = Repository.Combine("artifacts", "page-weight.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllLinesAsync(file, ["  bytes = page (gzip) + files (as sent)", .. lines.OrderDescending(StringComparer.Ordinal)]);
    }

    [GeneratedRegex("""(?:href|src)="(/hub/(?:static/|custom/|logo\?)[^"]*)""")]
    private static partial Regex Files();
}
