using System.Text.Json;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace JupyterHub.AspNetCore.Requests;

/// <summary>Writes a part of a listing, with or without the way to the next one (contract 1.9).</summary>
internal static class PageResponses
{
    /// <param name="request">The request.</param>
    /// <param name="page">What was asked for.</param>
    /// <param name="total">Rows that there are.</param>
    /// <param name="writeItems">Writes the items as one JSON value.</param>
    /// <param name="isAlwaysWrapped">True where clients get the wrapped form whether they ask for it or not.</param>
    public static Task PageAsync(this HubRequest request, PageRequest page, int total, Action<Utf8JsonWriter> writeItems, bool isAlwaysWrapped = false) =>
        request.JsonStreamAsync(200, writer =>
        {
            if (!page.IsWrapped && !isAlwaysWrapped)
            {
                writeItems(writer);
                return;
            }

            writer.WriteStartObject();
            writer.WritePropertyName("items");
            writeItems(writer);
            WritePlace(writer, request, page, total);
            writer.WriteEndObject();
        });

    private static void WritePlace(Utf8JsonWriter writer, HubRequest request, PageRequest page, int total)
    {
        writer.WriteStartObject("_pagination");
        writer.WriteNumber("offset", page.Offset);
        writer.WriteNumber("limit", page.Limit);
        writer.WriteNumber("total", total);
        var next = (long)page.Offset + page.Limit;
        if (next >= total)
        {
            writer.WriteNull("next");
        }
        else
        {
            writer.WriteStartObject("next");
            writer.WriteNumber("offset", next);
            writer.WriteNumber("limit", page.Limit);
            writer.WriteString("url", AddressOf(request, next, page.Limit));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static string AddressOf(HubRequest request, long offset, int limit)
    {
        // Both keep their places in the query; the one that was not there goes to the end.
        var places = new Dictionary<string, string>(StringComparer.Ordinal) { ["offset"] = $"{offset}", ["limit"] = $"{limit}" };
        var query = new QueryBuilder();
        foreach (var (key, values) in QueryHelpers.ParseQuery(request.Http.Request.QueryString.Value))
        {
            query.Add(key, places.Remove(key, out var number) ? [number] : values.Select(value => value ?? ""));
        }

        foreach (var (key, number) in places)
        {
            query.Add(key, number);
        }

        return $"{request.Client.Scheme}://{request.Client.Host}{request.Target.RawPath}{query}";
    }
}
