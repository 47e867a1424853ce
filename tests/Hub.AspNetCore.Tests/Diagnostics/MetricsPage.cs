using System.Globalization;
using System.Text.RegularExpressions;

namespace JupyterHub.AspNetCore.Tests.Diagnostics;

/// <summary>Metrics as Prometheus reads them; whatever does not look like its text form is an error.</summary>
internal sealed partial class MetricsPage
{
    private readonly Dictionary<string, double> samples = new(StringComparer.Ordinal);

    public Dictionary<string, string> Types { get; } = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => samples.Keys;

    public double this[string sample] => samples.TryGetValue(sample, out var value) ? value : throw new KeyNotFoundException($"There is no {sample} in:\n{string.Join('\n', samples.Keys)}");

    public static MetricsPage Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var page = new MetricsPage();
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                page.Types.Add(line.Split(' ')[2], line.Split(' ')[3]);
            }
            else if (!line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                var match = SamplePattern().Match(line);
                Assert.True(match.Success, $"This is no sample: {line}");
                page.samples.Add(match.Groups["key"].Value, double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture));
            }
        }

        return page;
    }

    public static async Task<MetricsPage> FetchAsync(HubHost host, string token)
    {
        using var answer = await host.SendAsync("GET", "/hub/metrics", token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Parse(await answer.TextAsync());
    }

    public double Sum(string prefix) => samples.Where(sample => sample.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(sample => sample.Value);

    [GeneratedRegex("""^(?<key>[a-zA-Z_:][a-zA-Z0-9_:]*(\{[a-z]+="([^"\\\n]|\\.)*"(,[a-z]+="([^"\\\n]|\\.)*")*\})?) (?<value>-?[0-9.eE+-]+)$""")]
    private static partial Regex SamplePattern();
}
