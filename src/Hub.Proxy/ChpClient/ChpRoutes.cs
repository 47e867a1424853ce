using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.Core.Proxying;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>Routes as the proxy's API writes them. Nothing that it says is taken for granted.</summary>
internal static class ChpRoutes
{
    private const string Target = "target";
    private const string Tag = "jupyterhub";
    private const string LastActivity = "last_activity";
    private const int LongestKey = 4096;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The body that adds a route.</summary>
    public static byte[] Write(ProxyRoute route)
    {
        var body = (JsonObject)route.Data.DeepClone();
        body[Target] = TextOf(route.Target);
        body[Tag] = true;
        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    /// <summary>The hub's routes in a listing. Those of others are left out, and so is what leads nowhere.</summary>
    /// <exception cref="JsonException">It is no listing.</exception>
    public static async Task<IReadOnlyList<ProxyRoute>> ReadAsync(Stream listing, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(listing, Strict, cancellationToken);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement)
                : throw new JsonException("The proxy's routes are not an object.");
        }
        catch (InvalidOperationException problem)
        {
            throw new JsonException("The proxy's routes have texts with half a character.", problem);
        }
    }

    private static List<ProxyRoute> Read(JsonElement listing)
    {
        // Two keys may be one place, such as /a and /a/.
        var routes = new Dictionary<string, ProxyRoute>(StringComparer.Ordinal);
        foreach (var entry in listing.EnumerateObject())
        {
            if (Read(entry) is { } route)
            {
                routes[route.Routespec] = route;
            }
        }

        return [.. routes.Values];
    }

    private static ProxyRoute? Read(JsonProperty entry)
    {
        if (entry.Name.Length > LongestKey
            || entry.Value.ValueKind != JsonValueKind.Object
            || !entry.Value.TryGetProperty(Tag, out _)
            || !entry.Value.TryGetProperty(Target, out var target)
            || target.ValueKind != JsonValueKind.String
            || !Uri.TryCreate(target.GetString(), UriKind.Absolute, out var url))
        {
            return null;
        }

        var data = new JsonObject();
        foreach (var member in entry.Value.EnumerateObject().Where(member => member.Name is not (Target or Tag or LastActivity)))
        {
            data[member.Name] = NodeOf(member.Value);
        }

        return new ProxyRoute(ChpPaths.RoutespecOf(entry.Name), url, data) { LastActivity = TimeOf(entry.Value) };
    }

    private static JsonNode? NodeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(value.Clone()),
        JsonValueKind.Array => JsonArray.Create(value.Clone()),
        JsonValueKind.String => JsonValue.Create(value.GetString()),
        _ => JsonValue.Create(value.Clone()),
    };

    private static DateTimeOffset? TimeOf(JsonElement route) =>
        route.TryGetProperty(LastActivity, out var value)
        && value.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : null;

    // Servers have an origin and no path; what an operator wrote stays as it is.
    private static string TextOf(Uri target) => target.PathAndQuery == "/" ? target.GetLeftPart(UriPartial.Authority) : target.OriginalString;
}
