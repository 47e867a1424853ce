using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using JupyterHub.AspNetCore.Routing;

namespace JupyterHub.Pages.Tests.Pages;

/// <summary>How much a browser loads that has seen nothing of the hub: each page with its files. The sizes go to artifacts/page-weight.txt.</summary>
public sealed partial class PageWeightTests
{
    private const int Most = 60 * 1024;

    [Fact]
    public async Task Every_page_is_light()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.AllowNamedServers = true);
        await FillAsync(host);
        var browser = await host.SignInAsync("root");
        var lines = new List<string>();
        var heavy = new List<string>();
        var targets = host.Get<HubRouteTable>().Routes.Where(IsPage).OrderBy(StartsServer).Select(route => (browser, "/hub/" + Parameter().Replace(route.Pattern, match => ValueOf(match.Groups[1].Value))));
        foreach (var (visitor, target) in targets.Append((host.Browser(), "/hub/login")).Append((browser, "/hub/nothing")))
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
        Assert.Contains(lines, line => line.EndsWith("200 /hub/login", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith("200 /hub/spawn-pending/root/analysis", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith("200 /hub/home", StringComparison.Ordinal));
        Assert.True(heavy.Count == 0, $"More than {Most} bytes: {string.Join(' ', heavy)}");
    }

    private static bool IsPage(HubRoute route) =>
        route is { Method: "GET", Kind: HubRouteKind.Page } && !route.Pattern.StartsWith("static/", StringComparison.Ordinal) && route.Pattern is not ("logout" or "logo" or "custom/{name}");

    /// <summary>What starts servers comes last: other pages are those of a server that does not run.</summary>
    private static bool StartsServer(HubRoute route) => route.Pattern is "" or "spawn" or "user-redirect/{*path}" || route.Pattern.StartsWith("spawn/", StringComparison.Ordinal);

    /// <summary>Enough that lists have a full first page.</summary>
    private static async Task FillAsync(HubHost host)
    {
        for (var index = 0; index < 120; index++)
        {
            await host.Data.UserAsync($"user-{index:000}-with-a-name-of-usual-length");
        }

        await host.Data.GroupAsync("physics", "root");
        await host.Data.UserTokenAsync("root", "self");
        await host.Data.SpawnerAsync("root", "analysis");
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

    private static string ValueOf(string parameter) => parameter.TrimStart('*') switch
    {
        "user" or "owner" => "root",
        "server" => "analysis",
        "group" => "physics",
        "role" => "user",
        "code" => "503",
        _ => "x",
    };

    private static async Task SaveAsync(List<string> lines)
    {
        var file = Repository.Combine("artifacts", "page-weight.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllLinesAsync(file, ["  bytes = page (gzip) + files (as sent)", .. lines.OrderDescending(StringComparer.Ordinal)]);
    }

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("""(?:href|src)="(/hub/(?:static/|custom/|logo\?)[^"]*)""")]
    private static partial Regex Files();
}
