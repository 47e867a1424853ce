using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Api.OpenApi;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.AspNetCore.Tests.Api.OpenApi;
using JupyterHub.Core.Addressing;

namespace JupyterHub.AspNetCore.Tests.Fuzz;

/// <summary>Says what is wrong with an answer, whatever was asked: its status, its form, and whether the API's description knows it.</summary>
internal sealed class AnswerCheck(HubRouteTable table, JsonObject document)
{
    /// <summary>Characters of an error's text: a few names of full length, and a listing of scopes.</summary>
    private const int LongestMessage = 700;

    private readonly SchemaCheck schemas = new(document["components"]!["schemas"]!.AsObject());

    /// <summary>Endpoints that did what they are for at least once.</summary>
    public HashSet<string> Succeeded { get; } = [];

    /// <summary>Endpoints that did not.</summary>
    public IEnumerable<string> Missing => OpenApiDocument.Described(table).Select(route => $"{route.Method} {route.Pattern}").Except(Succeeded);

    public string? Fault(FuzzRequest request, RawAnswer answer)
    {
        if (answer.Status >= 500)
        {
            return $"status {answer.Status}: {answer.Body}";
        }

        if (!answer.Headers.Contains("X-JupyterHub-Version"))
        {
            return IsNotTheHubs(request, answer) ? null : $"status {answer.Status} without the hub's version";
        }

        // What the parser of targets refuses goes by its beginning, what it takes by its segments.
        var isRead = RequestTarget.TryParse(request.Target, out var target, out _);
        if (!isRead || target is not { SegmentCount: > 2 } || target.RawSegment(0) is not "hub" || target.RawSegment(1) is not "api")
        {
            return null;
        }

        var route = table.Match(target, 1)?.ByMethod.GetValueOrDefault(request.Method);
        return route?.Kind == HubRouteKind.Page ? null
            : answer.Status >= 400 ? ErrorFault(request, answer)
            : request.Method == "OPTIONS" || answer.Status == 304 ? EmptyFault(answer)
            : route is null ? $"status {answer.Status} where there is nothing"
            : SuccessFault(route, answer);
    }

    /// <summary>The platform refuses what is no HTTP before the hub sees it, and routed requests are their server's.</summary>
    private static bool IsNotTheHubs(FuzzRequest request, RawAnswer answer) =>
        (answer.Status is 400 or 408 or 411 or 413 or 414 or 431 && answer.Body.Length == 0 && answer.Headers["Connection"].Contains("close"))
        || !request.Target.StartsWith("/hub/", StringComparison.Ordinal);

    private static string? ErrorFault(FuzzRequest request, RawAnswer answer)
    {
        if (request.Method == "HEAD")
        {
            return EmptyFault(answer);
        }

        if (ParseOrNull(answer) is not JsonObject error)
        {
            return $"an error that is no JSON object: {answer.Status} {answer.ContentType} {answer.Body}";
        }

        // RFC 6749, 5.2.
        if (request.Target.StartsWith("/hub/api/oauth2/", StringComparison.Ordinal) && error["error"] is not null)
        {
            return null;
        }

        return error.Select(member => member.Key).SequenceEqual(["status", "message"]) && (int?)error["status"] == answer.Status && (string?)error["message"] is { Length: > 0 and < LongestMessage }
            ? null
            : $"an error in another form: {answer.Status} {answer.Body}";
    }

    private string? SuccessFault(HubRoute route, RawAnswer answer)
    {
        var path = route.Pattern["api".Length..].Replace("{*", "{", StringComparison.Ordinal);
        var status = answer.Status.ToString(CultureInfo.InvariantCulture);
        var described = document["paths"]![path.Length == 0 ? "/" : path]?[route.Method.ToLowerInvariant()]?["responses"]?[status];
        if (described is null)
        {
            return $"{route.Method} {route.Pattern} answers {status}, which its description does not say";
        }

        Succeeded.Add($"{route.Method} {route.Pattern}");
        if (described["content"]?.AsObject().SingleOrDefault() is not { Key: { } mediaType } content)
        {
            return EmptyFault(answer);
        }

        if (!answer.ContentType.StartsWith(mediaType, StringComparison.Ordinal))
        {
            return $"{route.Method} {route.Pattern} answers {answer.ContentType}, not {mediaType}";
        }

        return mediaType != "application/json" ? null
            : ParseOrNull(answer) is not { } value ? $"no JSON: {answer.Body}"
            : schemas.Fault(content.Value!["schema"]!, value) is { } fault ? $"{route.Method} {route.Pattern} {status}: {fault} in {answer.Body}"
            : null;
    }

    private static string? EmptyFault(RawAnswer answer) => answer.Body.Length == 0 ? null : $"{answer.Status} with a body: {answer.Body}";

    private static JsonNode? ParseOrNull(RawAnswer answer)
    {
        try
        {
            return answer.ContentType.StartsWith("application/json", StringComparison.Ordinal) ? JsonNode.Parse(answer.Body) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
