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
        request.JsonAsync(200, writer =>
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
        var kept = QueryHelpers.ParseQuery(request.Http.Request.QueryString.Value)
            .Where(pair => pair.Key is not ("offset" or "limit"))
            .SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? "")));
        var query = new QueryBuilder(kept) { { "offset", $"{offset}" }, { "limit", $"{limit}" } };
        return $"{request.Client.Scheme}://{request.Client.Host}{request.Target.RawPath}{query}";
    }
}
