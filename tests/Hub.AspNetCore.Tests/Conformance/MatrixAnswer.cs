using System.Text;
using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Tests.Conformance;

/// <summary>Compares an answer with a recorded one; null if they agree, otherwise what differs.</summary>
internal sealed class MatrixAnswer(JsonObject expected, HttpResponseMessage answer, string body, IReadOnlyCollection<string> xsrfTokens)
{
    public string? Difference(bool asSent)
    {
        foreach (var (key, wanted) in expected)
        {
            var difference = key switch
            {
                "s" => Compare("status", (int)wanted!, (int)answer.StatusCode),
                "t" => Compare("type", (string)wanted!, answer.Content.Headers.ContentType?.MediaType ?? ""),
                "l" => Compare("location", asSent ? AsSent((string)wanted!) : (string)wanted!, asSent ? AsSent(answer.Location() ?? "") : Normalize(answer.Location() ?? "", sorted: false)),
                "L" => Compare("location", (string)wanted!, Normalize(answer.Location() ?? "", sorted: true)),
                "d" => WebUtility.HtmlDecode(body).Contains((string)wanted!, StringComparison.Ordinal) ? null : $"'{wanted}' is not in {Shown(body)}",
                "j" => JsonDifference(wanted, JsonNode.Parse(body)),
                "i" => Compare("inputs", Joined(wanted!), string.Join(' ', Inputs().Order(StringComparer.Ordinal))),
                "n" => Compare("cookies", Joined(wanted!), string.Join(' ', CookieNames())),
                "c" => Compare("cookies", Joined(wanted!), string.Join(' ', SetCookie.Of(answer).Select(Describe).Order(StringComparer.Ordinal))),
                "h" => HeaderDifference(wanted!.AsObject()),
                _ => throw new InvalidOperationException($"The matrix has no key {key}."),
            };
            if (difference is not null)
            {
                return difference;
            }
        }

        return null;
    }

    private static string Shown(string page)
    {
        var main = page.IndexOf("<main", StringComparison.Ordinal);
        return (main < 0 ? page : page[main..]).ReplaceLineEndings(" ");
    }

    private static string? Compare<T>(string what, T wanted, T found) =>
        EqualityComparer<T>.Default.Equals(wanted, found) ? null : $"{what} is {found}, not {wanted}";

    private static string Joined(JsonNode list) => string.Join(' ', RecordedHub.Texts(list).Order(StringComparer.Ordinal));

    private IEnumerable<string> Inputs() => HubBrowser.HiddenFieldsOf(body).Select(field => field.Name == "_xsrf" ? "_xsrf" : $"{field.Name}={field.Value}");

    private IEnumerable<string> CookieNames() =>
        SetCookie.Of(answer).Select(cookie => cookie.Name + (cookie.IsCleared ? "=" : "")).Order(StringComparer.Ordinal);

    private static string Describe(SetCookie cookie)
    {
        var text = new StringBuilder($"{cookie.Name} {cookie.Path}");
        if (cookie.IsCleared)
        {
            return text.Append(" cleared").ToString();
        }

        text.Append(cookie.IsHttpOnly ? " httponly" : "").Append(cookie.IsSecure ? " secure" : "");
        return text.Append(cookie.MaxAge is { } age ? $" {age}s" : cookie.Expires is null ? " session" : " expires").ToString();
    }

    private string Normalize(string location, bool sorted)
    {
        var question = location.IndexOf('?', StringComparison.Ordinal);
        if (question < 0)
        {
            return location;
        }

        var pairs = location[(question + 1)..].Split('&').Select(pair => pair.Split('=', 2)).Select(pair => $"{pair[0]}={Value(pair[0], pair.ElementAtOrDefault(1) ?? "")}");
        return $"{location[..question]}?{string.Join('&', sorted ? pairs.Order(StringComparer.Ordinal) : pairs)}";
    }

    private string Value(string name, string value)
    {
        var decoded = Uri.UnescapeDataString(value.Replace('+', ' '));
        foreach (var token in xsrfTokens)
        {
            decoded = decoded.Replace(token, "<xsrf>", StringComparison.Ordinal);
        }

        return name == "code" && decoded.Length == 30 ? "<code>" : decoded.Replace("%", "%25", StringComparison.Ordinal);
    }

    private static string AsSent(string location)
    {
        var text = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(location))
        {
            text.Append(value is > 0x7e or (byte)' ' or (byte)'"' or (byte)'\'' or (byte)'<' or (byte)'>' ? $"%{value:X2}" : ((char)value).ToString());
        }

        return text.ToString();
    }

    private static string? JsonDifference(JsonNode? wanted, JsonNode? found)
    {
        switch (wanted)
        {
            case JsonValue text when text.TryGetValue(out string? word) && word.StartsWith('<') && word.EndsWith('>'):
                return null;
            case JsonObject members when found is JsonObject other:
                return Compare("keys", string.Join(' ', members.Select(member => member.Key).Order(StringComparer.Ordinal)), string.Join(' ', other.Select(member => member.Key).Order(StringComparer.Ordinal)))
                    ?? members.Select(member => JsonDifference(member.Value, other[member.Key])).FirstOrDefault(difference => difference is not null);
            default:
                return JsonNode.DeepEquals(wanted, found) ? null : $"{found?.ToJsonString()} is not {wanted?.ToJsonString()}";
        }
    }

    private string? HeaderDifference(JsonObject wanted)
    {
        foreach (var (name, value) in wanted)
        {
            var found = answer.Header(name);
            var fits = value switch
            {
                JsonArray directives => RecordedHub.Texts(directives).All(directive => found?.Contains(directive, StringComparison.Ordinal) == true),
                JsonValue flag when flag.TryGetValue(out bool isThere) => found is not null == isThere,
                _ => found == (string?)value,
            };
            if (!fits)
            {
                return $"{name} is {found}, not {value?.ToJsonString()}";
            }
        }

        return null;
    }
}
