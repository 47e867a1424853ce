using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>What Prometheus reads from the real configurable-http-proxy, and from ours after the same was asked of both.</summary>
public sealed partial class MetricsComparisonTests
{
    /// <summary>What measures the engine of JavaScript, or something that ours does not do.</summary>
    private static readonly string[] NotHere = ["last_activity_updating"];

    [Fact]
    public async Task Names_types_labels_and_counts_are_the_originals()
    {
        var original = await MeasureAsync(ProxyProgram.Original);
        var ours = await MeasureAsync(ProxyProgram.Ours);
        Assert.All(NotHere, name => Assert.Contains(name, original.Families.Keys));

        var wanted = original.Families.Where(family => !family.Key.StartsWith("nodejs_", StringComparison.Ordinal) && !NotHere.Contains(family.Key)).ToDictionary();
        Assert.Equal(Described(wanted), Described(ours.Families.Where(family => !family.Key.StartsWith("hub_proxy_", StringComparison.Ordinal))));

        // Of what is counted also how often; of the rest only that it is a number.
        var counted = wanted.Where(family => family.Key.StartsWith("api_", StringComparison.Ordinal) || family.Key.StartsWith("requests_", StringComparison.Ordinal) || family.Key == "find_target_for_req")
            .SelectMany(family => family.Value.Series).Where(series => !series.Contains("quantile", StringComparison.Ordinal) && !series.EndsWith("_sum", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        Assert.Contains("requests_proxy{status=\"503\"}", counted);
        Assert.Equal(
            counted.Select(series => $"{series} {original.Values[series]}"), counted.Select(series => $"{series} {ours.Values.GetValueOrDefault(series)}"));
        Assert.All(ours.Values.Values, value => Assert.True(double.TryParse(value, CultureInfo.InvariantCulture, out var number) && number >= 0, value));
        Assert.Equal(original.ContentType, ours.ContentType);
    }

    private static IEnumerable<string> Described(IEnumerable<KeyValuePair<string, Family>> families) => families
        .OrderBy(family => family.Key, StringComparer.Ordinal)
        .Select(family => $"{family.Key} {family.Value.Type}: {string.Join(' ', family.Value.Series.Order(StringComparer.Ordinal))}");

    private static async Task<Scrape> MeasureAsync(ProxyProgram program)
    {
        await using var server = new RecordingServer("A") { Answer = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nA", Requests = new(), Resolve = text => text };
        await using var proxy = await ProxyProcess.StartAsync(program, ProxyOptions.Plain, text => text);
        using var api = Client(proxy, ProxyPort.Api);
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("token", ProxyProcess.Token);
        using var browser = Client(proxy, ProxyPort.Public);
        foreach (var (path, port) in new[] { ("there", server.Port), ("away", FreePort.Find()) })
        {
            using var added = await api.PostAsync($"api/routes/{path}", new StringContent($$"""{"target":"http://127.0.0.1:{{port}}"}"""));
        }

        foreach (var path in new[] { "api/routes", "api/routes/there", "api/routes/nobody", "api/routes?inactiveSince=x", "nowhere" })
        {
            using var asked = await api.GetAsync(path);
        }

        using var removed = await api.DeleteAsync("api/routes/nobody");
        using var refused = await api.PostAsync("api/routes/x", new StringContent("{}"));
        using var unknown = await api.PutAsync("api/routes/x", new StringContent("{}"));
        foreach (var path in new[] { "there", "there/again", "away", "nowhere", "_chp_healthz" })
        {
            using var answered = await browser.GetAsync(path);
        }

        using (var socket = await RawConnection.OpenAsync(browser.BaseAddress!))
        {
            await socket.SendAsync("GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            await socket.ReadHeadAsync();
        }

        using var prometheus = Client(proxy, ProxyPort.Metrics);
        using var scraped = await prometheus.GetAsync("metrics");
        return Scrape.Read(await scraped.Content.ReadAsStringAsync(), scraped.Content.Headers.ContentType!.ToString());
    }

    private static HttpClient Client(ProxyProcess proxy, ProxyPort port) =>
        new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{proxy.PortOf(port)}/") };

    [GeneratedRegex(@"^(?<series>(?<name>[a-z0-9_]+?)(?:_sum|_count|_bucket)?(?:\{[^}]*\})?) (?<value>\S+)$")]
    private static partial Regex Sample();

    private sealed record Family(string Type, SortedSet<string> Series);

    private sealed record Scrape(Dictionary<string, Family> Families, Dictionary<string, string> Values, string ContentType)
    {
        public static Scrape Read(string text, string contentType)
        {
            var scrape = new Scrape([], [], contentType);
            foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
                {
                    var words = line.Split(' ');
                    scrape.Families.Add(words[2], new Family(words[3], new(StringComparer.Ordinal)));
                }
                else if (!line.StartsWith('#'))
                {
                    var sample = Sample().Match(line);
                    Assert.True(sample.Success, line);
                    var name = sample.Groups["name"].Value;
                    scrape.Families[scrape.Families.ContainsKey(name) ? name : line.Split('{', ' ')[0]].Series.Add(sample.Groups["series"].Value);
                    scrape.Values.Add(sample.Groups["series"].Value, sample.Groups["value"].Value);
                }
            }

            return scrape;
        }
    }
}
