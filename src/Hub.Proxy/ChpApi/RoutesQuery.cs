using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>Reads the query of a listing.</summary>
internal static class RoutesQuery
{
    /// <summary>The moment since when a listed route has to be unused; null for all routes.</summary>
    /// <exception cref="ChpApiException">It is no date.</exception>
    public static DateTimeOffset? ReadInactiveSince(ReadOnlySpan<char> query)
    {
        if (query.IsEmpty)
        {
            return null;
        }

        var values = QueryHelpers.ParseQuery(query.ToString());
        var text = Value(values, "inactive_since") ?? Value(values, "inactiveSince");
        return text is null ? null
            : JavaScriptDate.TryParse(text, out var time) ? time
            : throw ChpApiException.BadRequest(string.Create(CultureInfo.InvariantCulture, $"Invalid datestamp '{text}' must be ISO8601."));
    }

    private static string? Value(Dictionary<string, Microsoft.Extensions.Primitives.StringValues> values, string name) =>
        values.FirstOrDefault(value => value.Key == name).Value is { Count: > 0 } found ? found.ToString() : null;
}
