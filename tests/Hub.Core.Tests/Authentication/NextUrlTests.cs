using System.Text.Json.Nodes;
using JupyterHub.Core.Authentication;

namespace JupyterHub.Core.Tests.Authentication;

public class NextUrlTests
{
    private const string Host = "127.0.0.1:8000";
    private static readonly NextUrlOrigin Origin = new("http", Host);

    public static TheoryData<string> Hostile =>
    [
        // CVE-2026-33709, CVE-2019-10255 and their relatives.
        "//evil.example", "///evil.example", "////evil.example", "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "\t//evil.example",
        "\\\\evil.example", "http://evil.example", "HTTP://evil.example", "https:evil.example", "https:///evil.example", "http:\\\\evil.example",
        "http://user:pw@127.0.0.1:8000/x", "http://127.0.0.1:8000@evil.example/", "http://127.0.0.1:8000.evil.example/", "http://127.0.0.1:80001/",
        "HTTP://127.0.0.1:8000/x", "https://127.0.0.1:8000/x", "http://127.0.0.1:8000?x", "http://127.0.0.1:8000#x", "http://127.0.0.1/x", "http://localhost:8000/x",
        "%2f%2fevil.example", "javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:/x", "//[bad", "//[::1]/x", "//", "///", "", "hub/home", "../x", "?x", "#x",
        "/x\r\nSet-Cookie: a=b", "/x\u007f", "//evil\u3002example", "ws://127.0.0.1:8000/x",
    ];

    public static TheoryData<string, string> Safe => new()
    {
        { "/", "/" },
        { "/hub/home?a=b#c", "/hub/home?a=b#c" },
        { "http://127.0.0.1:8000", "/" },
        { "http://127.0.0.1:8000/", "/" },
        { "http://127.0.0.1:8000/x?y=http://evil.example", "/x?y=http://evil.example" },
        { "http://127.0.0.1:8000//evil.example", "/evil.example" },
        { "http://127.0.0.1:8000///evil.example/x", "/evil.example/x" },
        { "//127.0.0.1:8000//evil.example", "/evil.example" },
        { "///127.0.0.1:8000/x", "/x" },
        { "/\\evil.example", "/%5Cevil.example" },
        { "http://127.0.0.1:8000/\\evil.example", "/%5Cevil.example" },
        { "/%2f%2fevil.example", "/%2f%2fevil.example" },
        { "/%0d%0aSet-Cookie", "/%0d%0aSet-Cookie" },
        { "/\0/evil.example", "/%20/evil.example" },
        { " /x ", "/x" },
        { "/ünïcode/€", "/%C3%BCn%C3%AFcode/%E2%82%AC" },
        { "/😀", "/%F0%9F%98%80" },
        { "/x\"><script>", "/x%22%3E%3Cscript%3E" },
        { "/@evil.example", "/@evil.example" },
        { "/javascript:alert(1)", "/javascript:alert(1)" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Ghsa_3vff_hjqv_m7h8_what_leads_away_counts_as_absent(string next)
    {
        Assert.Null(NextUrl.Validate(next, Origin));
        Assert.Equal("/hub/home", NextUrl.Choose(next, Origin, "", "/hub/home"));
    }

    [Theory]
    [MemberData(nameof(Safe))]
    public void What_stays_here_becomes_a_path(string next, string expected) => Assert.Equal(expected, NextUrl.Validate(next, Origin));

    [Fact]
    public void Whatever_comes_out_is_one_path_of_this_host()
    {
        string[] pieces = ["/", "\\", "//", "http:", "https:", "@", Host, "evil.example", "\t", "\n", "\r", "%2f", "%5c", "?", "#", " ", "\0", "é", ".", ":", ";", "[", "]", "\ud800"];
        var random = new Random(20260501);
        for (var round = 0; round < 200_000; round++)
        {
            var next = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (NextUrl.Validate(next, Origin) is { } url)
            {
                Assert.True(url[0] == '/' && (url.Length == 1 || url[1] is not ('/' or '\\')), next);
                Assert.True(url.All(character => character is > ' ' and < '\u007f' and not '\\'), next);
                var resolved = new Uri(new Uri($"http://{Host}/hub/login"), url);
                Assert.Equal(Host, resolved.Authority);
                Assert.Equal("", resolved.UserInfo);
            }
        }
    }

    // Not among the data above: the test runner would not hand a lone surrogate on as it is.
    [Fact]
    public void A_lone_surrogate_counts_as_absent() => Assert.Null(NextUrl.Validate("/\ud800", Origin));

    [Fact]
    public void Too_long_counts_as_absent() => Assert.Null(NextUrl.Validate("/" + new string('x', 20_000), Origin));

    [Fact]
    public void The_public_url_goes_before_the_request()
    {
        var origin = NextUrlOrigin.Of(new Uri("https://hub.example.org:8443/lab/"), "http", "10.0.0.1:8081");

        Assert.Equal("/lab/x", NextUrl.Validate("https://hub.example.org:8443/lab/x", origin));
        Assert.Null(NextUrl.Validate("http://10.0.0.1:8081/x", origin));
    }

    [Theory]
    [InlineData("", "/hub/spawn")]
    [InlineData("next=/x&_xsrf=y", "/hub/spawn")]
    [InlineData("a=1+%26&b=&a=2", "/hub/spawn?a=1+%26&a=2")]
    [InlineData("a=%zz&%ff=1&c", "/hub/spawn?a=%25zz&%EF%BF%BD=1")]
    public void The_query_goes_along_to_our_own_choice(string query, string expected) =>
        Assert.Equal(expected, NextUrl.Choose(null, Origin, query, "/hub/spawn"));

    [Fact]
    public void Every_recorded_redirect_comes_out_as_recorded()
    {
        var wrong = new List<string>();
        var played = 0;
        foreach (var (id, entry) in BrowserMatrix.Group("next"))
        {
            var step = entry![0]!.AsArray()[^1]!;
            if (!((string)step[1]!).StartsWith("/hub/login", StringComparison.Ordinal) || BrowserMatrix.Answer(entry[1]!).Text("l") is not { } recorded)
            {
                continue;
            }

            played++;
            var location = Normalize(Play(step));
            if (location != recorded && !(BrowserMatrix.IsMended("next", id) && location == "/hub/spawn"))
            {
                wrong.Add($"{id}: recorded {recorded}, is {location}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(played > 80, $"{played}");
    }

    private static string Play(JsonNode step)
    {
        var options = step[2]!;
        var scheme = options["h"] is { } headers ? ForwardedScheme(headers.AsObject()) : "http";
        var pairs = (options["q"]?.AsArray() ?? []).Select(pair => KeyValuePair.Create(Fill(pair![0]!), Fill(pair[1]!))).ToList();
        var query = string.Join('&', pairs.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        var isAda = options.Text("as") == "ada" || (options["f"]?.AsArray() ?? []).Any(pair => (string)pair![1]! == "ada");
        var next = pairs.FindLast(pair => pair.Key == "next").Value;
        return NextUrl.Choose(next, new NextUrlOrigin(scheme, Host), query, isAda ? "/user/ada/" : "/hub/spawn");
    }

    private static string ForwardedScheme(JsonObject headers) => headers.Any(header => ((string)header.Value!).Contains("https", StringComparison.Ordinal)) ? "https" : "http";

    private static string Fill(JsonNode text) => ((string)text!)
        .Replace("{base}", $"http://{Host}", StringComparison.Ordinal)
        .Replace("{host}", Host, StringComparison.Ordinal)
        .Replace("{port}", "8000", StringComparison.Ordinal);

    // The record writes the tested hub's own address as a variable.
    private static string Normalize(string location) => location.Replace($"http://{Host}", "{base}", StringComparison.Ordinal).Replace(Host, "{host}", StringComparison.Ordinal);
}
