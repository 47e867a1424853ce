using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace JupyterHub.IntegrationTests.Harness;

/// <summary>An answer, read to its end.</summary>
internal sealed partial record Page(Uri Address, HttpStatusCode Status, string Body, Uri? Location, HttpResponseMessage Response)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The value of a form's field, such as the hidden <c>_xsrf</c>; null when there is no such field.</summary>
    public string? Field(string name) => Fields(name) is [var first, ..] ? first : null;

    /// <summary>The values of all fields of that name.</summary>
    public IReadOnlyList<string> Fields(string name) =>
        [.. Input().Matches(Body).Where(input => Attribute(input.Value, "name") == name).Select(input => Attribute(input.Value, "value") ?? "")];

    public void MustBe(HttpStatusCode status) =>
        Assert.True(Status == status, $"{Address} answered {(int)Status} instead of {(int)status}:\n{Body}");

    private static string? Attribute(string tag, string name)
    {
        var match = Regex.Match(tag, $"""\b{name}\s*=\s*("(?<value>[^"]*)"|'(?<value>[^']*)')""", RegexOptions.IgnoreCase);
        return match.Success ? WebUtility.HtmlDecode(match.Groups["value"].Value) : null;
    }

    [GeneratedRegex("<input\\b[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Input();
}
