using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Api.OpenApi;
using JupyterHub.AspNetCore.Routing;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using OpenApiDocument = JupyterHub.AspNetCore.Api.OpenApi.OpenApiDocument;

namespace JupyterHub.AspNetCore.Tests.Api.OpenApi;

/// <summary>The description of the API says what there is, all of it and nothing else.</summary>
public sealed class OpenApiDocumentTests(HubFixture hub) : IClassFixture<HubFixture>
{
    /// <summary>What has no success: shares belong to a server (contract 2.10).</summary>
    private static readonly string[] AlwaysRefused =
    [
        "POST /shares/{owner}", "PATCH /shares/{owner}", "DELETE /shares/{owner}", "POST /share-codes/{owner}", "DELETE /share-codes/{owner}",
    ];

    private HubRouteTable Routes => hub.Host.Get<HubRouteTable>();

    private JsonObject Document => hub.Host.Get<OpenApiDocument>().Json;

    [Fact]
    public async Task It_is_valid_OpenApi_3_1()
    {
        using var answer = await hub.Host.SendAsync("GET", "/hub/api/openapi.json");
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        var text = await answer.TextAsync();
        var result = Microsoft.OpenApi.OpenApiDocument.Parse(text, "json");

        Assert.Empty(result.Diagnostic!.Errors.Concat(result.Diagnostic.Warnings).Select(problem => problem.ToString()));
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, result.Diagnostic.SpecificationVersion);
        Assert.Empty(result.Document!.Validate(ValidationRuleSet.GetDefaultRuleSet()).Select(problem => problem.ToString()));
        Assert.Equal(Document["paths"]!.AsObject().Count, result.Document!.Paths.Count);
    }

    [Fact]
    public void Every_route_is_an_operation_and_every_operation_a_route()
    {
        var routes = Routes.Routes.Where(route => route.Kind == HubRouteKind.Api && route.Pattern.StartsWith("api/", StringComparison.Ordinal))
            .Select(route => $"{route.Method} {route.Pattern["api".Length..].Replace("{*", "{", StringComparison.Ordinal)}").Order(StringComparer.Ordinal);
        var operations = Operations().Select(operation => operation.Key).Order(StringComparer.Ordinal);

        Assert.Equal(routes, operations);
    }

    [Fact]
    public void Every_operation_says_what_it_does_and_what_it_answers()
    {
        foreach (var (key, operation) in Operations())
        {
            Assert.True(((string)operation["summary"]!).Length > 10, $"{key} has no summary");
            Assert.True(operation["deprecated"] is not null || AlwaysRefused.Contains(key) || operation["responses"]!.AsObject().Any(answer => answer.Key[0] is '2'), $"{key} says nothing of success");
            Assert.True(((string)operation["summary"]!).EndsWith('.'), $"{key}: a summary is a sentence");
        }

        var ids = Operations().Select(operation => (string)operation.Operation["operationId"]!).ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Every_operation_asks_for_the_scopes_of_its_route()
    {
        foreach (var (key, operation) in Operations())
        {
            var route = RouteOf(key);
            var alternatives = operation["security"]!.AsArray().Select(item => item!.AsObject().Single()).ToList();
            if (route.Scopes is null)
            {
                Assert.Equal(route.IsAnonymous ? 0 : 2, alternatives.Count);
                continue;
            }

            foreach (var scheme in new[] { "token", "login" })
            {
                var scopes = alternatives.Where(item => item.Key == scheme).Select(item => (string)item.Value!.AsArray().Single()!).ToList();
                Assert.Equal(route.Scopes.Scopes, scopes.Select(scope => scope.Split('!')[0]));
                Assert.All(scopes, scope => Assert.Equal(route.Scopes.Filter is not null, scope.Contains('!', StringComparison.Ordinal)));
            }

            var filter = route.Scopes.IsAnyFilterEnough ? "any" : route.Scopes.Filter?.ToString().ToLowerInvariant() ?? "none";
            Assert.Equal(filter, (string?)operation["x-jupyterhub-filter"]);
        }
    }

    [Fact]
    public void Every_parameter_is_described()
    {
        Assert.All(Routes.Routes.SelectMany(route => route.QueryParameters), name => Assert.True(OpenApiParameters.Knows(name), $"{name} is not described"));
        Assert.All(
            Operations().SelectMany(operation => operation.Operation["parameters"]?.AsArray() ?? []),
            parameter => Assert.False(((string)parameter!["description"]!).StartsWith("Part of", StringComparison.Ordinal), parameter.ToJsonString()));
    }

    [Fact]
    public void Every_schema_that_is_referred_to_exists_and_every_schema_is_referred_to()
    {
        var schemas = Document["components"]!["schemas"]!.AsObject();
        var reached = new HashSet<string>(StringComparer.Ordinal);
        Follow(Document["paths"]!, schemas, reached);
        Follow(Document["components"]!["responses"]!, schemas, reached);

        Assert.All(reached, name => Assert.True(schemas.ContainsKey(name), $"There is no schema {name}"));
        Assert.All(schemas.Select(schema => schema.Key), name => Assert.Contains(name, reached));
    }

    [Fact]
    public void Every_property_is_described()
    {
        foreach (var (name, schema) in Document["components"]!["schemas"]!.AsObject())
        {
            Assert.True(schema!["description"] is not null, $"{name} is not described");
            foreach (var (property, described) in schema["properties"]?.AsObject() ?? [])
            {
                Assert.True(described!["description"] is not null || described["$ref"] is not null || described["anyOf"] is not null, $"{name}.{property} is not described");
            }
        }
    }

    private IEnumerable<(string Key, JsonObject Operation)> Operations() =>
        from path in Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select ($"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value!.AsObject());

    private HubRoute RouteOf(string key) =>
        Routes.Routes.Single(route => route.Kind == HubRouteKind.Api && $"{route.Method} {route.Pattern}" == key.Replace(" /", " api/", StringComparison.Ordinal));

    private static void Follow(JsonNode node, JsonObject schemas, HashSet<string> reached)
    {
        foreach (var text in Texts(node))
        {
            const string prefix = "#/components/schemas/";
            if (text.StartsWith(prefix, StringComparison.Ordinal) && reached.Add(text[prefix.Length..]) && schemas[text[prefix.Length..]] is { } schema)
            {
                Follow(schema, schemas, reached);
            }
        }
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.TryGetValue(out string? text) => [text],
        _ => [],
    };
}
