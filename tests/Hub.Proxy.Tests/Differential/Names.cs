using System.Globalization;
using System.Text.RegularExpressions;

namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>Names in braces that stand for what differs from run to run, put into what is sent and taken out of what is seen.</summary>
internal sealed partial class Names
{
    private readonly Dictionary<string, string> values = [];
    private readonly List<(string Port, string Name)> ports = [];

    /// <summary>Names a text: <c>{name}</c>.</summary>
    public void Add(string name, string value) => values[name] = value;

    /// <summary>Names a server on 127.0.0.1: <c>{name}</c> is its URL, <c>{name.port}</c> its port.</summary>
    public void Add(string name, int port)
    {
        var text = port.ToString(CultureInfo.InvariantCulture);
        values[name] = $"http://127.0.0.1:{text}";
        values[name + ".port"] = text;
        ports.Add((text, name));
    }

    /// <summary>Puts the values in.</summary>
    public string Resolve(string text) => Braces().Replace(text, match => values.GetValueOrDefault(match.Groups[1].Value, match.Value));

    /// <summary>Takes out what differs between two runs or two proxies: ports and the time.</summary>
    public string Unresolve(string line)
    {
        foreach (var (port, name) in ports)
        {
            line = Regex.Replace(line, $@"(?<!\d){port}(?!\d)", $"<{name}>");
        }

        line = IsoTime().Replace(line, match => IsNow(match.Value) ? "<now>" : match.Value);
        return HttpTime().Replace(line, match => IsNow(match.Value) ? "<now>" : match.Value);
    }

    private static bool IsNow(string time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read) && (read - DateTimeOffset.UtcNow).Duration() < TimeSpan.FromHours(1);

    [GeneratedRegex(@"\{([A-Za-z.]+)\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")]
    private static partial Regex IsoTime();

    [GeneratedRegex(@"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")]
    private static partial Regex HttpTime();
}
