using System.Globalization;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace JupyterHub.AspNetCore.Api.OpenApi;

/// <summary>Describes one endpoint by what its route says of it.</summary>
internal static class OpenApiOperations
{
    public static JsonObject Describe(HubRoute route)
    {
        var operation = new JsonObject
        {
            ["operationId"] = IdOf(route),
            ["summary"] = route.Summary ?? "",
            ["tags"] = new JsonArray(TagOf(route)),
        };
        var parameters = OpenApiParameters.Of(route);
        if (parameters.Count > 0)
        {
            operation["parameters"] = parameters;
        }

        if (route.BodySchema is { } body)
        {
            operation["requestBody"] = new JsonObject { ["content"] = OpenApiSchemas.Content(body) };
        }

        if (route.Summary?.Split(' ')[0] is "Deprecated" or "Removed")
        {
            operation["deprecated"] = true;
        }

        operation["responses"] = Answers(route);
        operation["security"] = OpenApiSecurity.Of(route);
        if (OpenApiSecurity.FilterKindOf(route) is { } filter)
        {
            operation["x-jupyterhub-filter"] = filter;
        }

        return operation;
    }

    /// <summary>Part of the path behind <c>api</c>, which is what the addresses in the document begin with.</summary>
    public static string PathOf(HubRoute route) => route.Pattern["api".Length..].Replace("{*", "{", StringComparison.Ordinal);

    private static JsonObject Answers(HubRoute route)
    {
        var isPaged = route.QueryParameters.Contains("limit");
        var answers = new JsonObject();
        foreach (var answer in route.Answers)
        {
            var described = new JsonObject { ["description"] = ReasonPhrases.GetReasonPhrase(answer.Status) };
            if (answer.Schema is { } schema)
            {
                described["content"] = OpenApiSchemas.Content(schema, isPaged);
            }

            answers[answer.Status.ToString(CultureInfo.InvariantCulture)] = described;
        }

        if (!route.IsAnonymous)
        {
            answers["403"] = Shared("Forbidden");
        }

        if (route.Scopes?.Filter is not null)
        {
            answers["404"] = Shared("NotFound");
        }

        answers["default"] = Shared("Error");
        return answers;
    }

    private static JsonObject Shared(string name) => new() { ["$ref"] = $"#/components/responses/{name}" };

    private static string TagOf(HubRoute route) => PathOf(route).Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "hub";

    /// <summary>Method and path in letters, digits and underscores; a slash at the end and an empty segment tell paths apart.</summary>
    private static string IdOf(HubRoute route) =>
        route.Method.ToLowerInvariant() + string.Concat(PathOf(route).Select(letter => letter switch
        {
            '/' => "_",
            '{' or '}' => "",
            _ when char.IsAsciiLetterOrDigit(letter) => letter.ToString(),
            _ => "-",
        }));
}
