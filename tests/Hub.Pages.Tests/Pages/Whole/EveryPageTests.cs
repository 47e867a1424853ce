using System.Net;
using System.Text.RegularExpressions;
using JupyterHub.AspNetCore.Routing;

namespace JupyterHub.Pages.Tests.Pages.Whole;

/// <summary>
/// Each page that the hub's routes name, as an administrator, a user and a stranger get it: its status, what every page has, and that its links
/// lead somewhere. A new page is one for everybody who has signed in, or one of the administration, unless it has a line here.
/// </summary>
public sealed partial class EveryPageTests(FullHub hub) : IClassFixture<FullHub>
{
    private const int MostLinks = 400;

    /// <summary>Answers that are no pages: what scripts ask for.</summary>
    private static readonly HashSet<string> Data = ["home/preview", "home/state", "sharing-names", "admin/events/stream", "metrics"];

    /// <summary>What an administrator gets that is no plain page.</summary>
    private static readonly Dictionary<string, int> Special = new(StringComparer.Ordinal)
    {
        [""] = 302, ["login"] = 302, ["home/new"] = 302, ["token/new"] = 302, ["spawn"] = 302, ["spawn/{user}"] = 302, ["spawn/{user}/{server}"] = 302, ["user-redirect/{*path}"] = 302,

        // Questions that lack what they are about.
        ["accept-share"] = 400, ["api/oauth2/authorize"] = 400, ["login/{login}"] = 404, ["login/{login}/callback"] = 404, ["admin/stop-servers/{stop}"] = 404,

        // Servers that do not run.
        ["user/{user}"] = 424, ["user/{user}/{*rest}"] = 424,
    };

    /// <summary>What strangers may see too.</summary>
    private static readonly HashSet<string> Public = ["error/{code}", "login/{login}", "login/{login}/callback"];

    [Theory]
    [InlineData("root")]
    [InlineData("ada")]
    [InlineData(null)]
    public async Task Every_page_answers_as_it_should(string? visitor)
    {
        var browser = visitor is null ? hub.Host.Browser() : await hub.Host.SignInAsync(visitor);
        List<string> problems = [];
        SortedSet<string> links = new(StringComparer.Ordinal);
        foreach (var route in hub.Pages.Where(route => !Data.Contains(route.Pattern)))
        {
            var target = FullHub.AddressOf(route, visitor ?? "ada");
            using var answer = await browser.GetAsync(target);
            problems.AddRange((await ProblemsAsync(route, visitor, answer, links)).Select(problem => $"{route.Pattern}: {problem}"));
        }

        Assert.InRange(links.Count, visitor is null ? 1 : 5, MostLinks);
        foreach (var link in links)
        {
            using var answer = await browser.GetAsync(link);
            if ((int)answer.StatusCode >= 400)
            {
                problems.Add($"A page links to {link}, which answers {(int)answer.StatusCode}.");
            }
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private static int StatusOf(string pattern, string? visitor) => visitor switch
    {
        null => pattern == "login" ? 200 : Public.Contains(pattern) ? Special.GetValueOrDefault(pattern, 200) : 302,
        "ada" when pattern.Split('/')[0] == "admin" => 403,
        _ => Special.GetValueOrDefault(pattern, 200),
    };

    private static async Task<List<string>> ProblemsAsync(HubRoute route, string? visitor, HttpResponseMessage answer, SortedSet<string> links)
    {
        List<string> problems = [];
        var status = (int)answer.StatusCode;
        var wanted = StatusOf(route.Pattern, visitor);
        if (status != wanted)
        {
            problems.Add($"{visitor ?? "nobody"} gets {status}, not {wanted}.");
        }

        Need(answer.Header("Content-Security-Policy")?.Contains("default-src 'none'; script-src 'self'; style-src 'self'", StringComparison.Ordinal) == true, "no policy");
        Need(answer.Header("Cache-Control") is { } caching && (caching.Contains("no-cache", StringComparison.Ordinal) || caching.Contains("no-store", StringComparison.Ordinal)), "caches may keep it");
        Need(answer.Header("X-Content-Type-Options") == "nosniff", "its type may be guessed");
        if (status is 301 or 302 or 303)
        {
            Need(answer.Location() is { } location && (location.StartsWith("/hub/", StringComparison.Ordinal) || location.StartsWith("/user/", StringComparison.Ordinal)), $"leads to {answer.Location()}");
            return problems;
        }

        var page = await answer.TextAsync();
        Need(answer.Content.Headers.ContentType?.ToString() == "text/html; charset=utf-8", $"is {answer.Content.Headers.ContentType}");
        Need(page.Contains("<html lang=\"en\"", StringComparison.Ordinal), "no language");
        Need(Headings().Count(page) == 1, $"{Headings().Count(page)} headings h1");
        Need(Title().IsMatch(page), "no title");
        links.UnionWith(Links().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value).Split('#')[0]).Where(IsFollowed));
        return problems;

        void Need(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add(problem);
            }
        }
    }

    /// <summary>Neither what signs out nor what starts servers or leads into them.</summary>
    private static bool IsFollowed(string link) =>
        link.StartsWith('/') && link != "/hub/logout" && !link.StartsWith("/hub/spawn/", StringComparison.Ordinal) && link != "/hub/spawn" && !link.StartsWith("/user/", StringComparison.Ordinal);

    [GeneratedRegex("<h1[ >]")]
    private static partial Regex Headings();

    [GeneratedRegex("<title>[^<]+ · JupyterHub</title>")]
    private static partial Regex Title();

    [GeneratedRegex("""\shref="([^"]*)""")]
    private static partial Regex Links();
}
