using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace JupyterHub.IntegrationTests.Harness;

/// <summary>An answer, read to its end.</summary>
internal sealed partial record Page(Uri Address, HttpStatusCode Status, string Body, Uri? Location, HttpResponseMessage Response)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The value of a form's field, such as the hidden <c>_xsrf</c>; null when there is no such field.</summary>
    public string? Field(string name)
    {
        foreach (Match input in Input().Matches(Body))
        {
            if (Attribute(input.Value, "name") == name)
            {
                return Attribute(input.Value, "value") ?? "";
            }
        }

        return null;
    }

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
