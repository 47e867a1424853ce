using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;

namespace JupyterHub.AspNetCore.Api.OpenApi;

/// <summary>The description of the API, made from the routes themselves, so that it says what there is.</summary>
internal sealed class OpenApiDocument(HubRouteTable routes, HubAddresses addresses, JupyterHubOptions options)
{
    private readonly Lazy<JsonObject> document = new(() => Create(routes, addresses, options));

    /// <summary>The document; not to be changed.</summary>
    public JsonObject Json => document.Value;

    /// <summary>The routes that it describes: the API's, but not their second addresses.</summary>
    public static IEnumerable<HubRoute> Described(HubRouteTable routes) =>
        routes.Routes.Where(route => route.Kind == HubRouteKind.Api && route.Pattern.StartsWith("api/", StringComparison.Ordinal));

    private static JsonObject Create(HubRouteTable routes, HubAddresses addresses, JupyterHubOptions options)
    {
        var paths = new JsonObject();
        foreach (var group in Described(routes).GroupBy(OpenApiOperations.PathOf).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var item = new JsonObject();
            foreach (var route in group)
            {
                item[route.Method.ToLowerInvariant()] = OpenApiOperations.Describe(route);
            }

            paths[group.Key] = item;
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "JupyterHub",
                ["version"] = HubVersion.Own,
                ["description"] = $"The API of a hub for .NET that speaks the contract of JupyterHub {HubVersion.Contract}.",
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = $"{addresses.HubPath}api" }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = OpenApiSecurity.Schemes(LoginCookie.NameOf(options)),
                ["schemas"] = OpenApiSchemas.Load(),
                ["responses"] = Errors(),
            },
        };
    }

    private static JsonObject Errors() => new()
    {
        ["Forbidden"] = Error("The credential does not suffice, or there is none.", hasScopes: true),
        ["NotFound"] = Error("There is no such thing, or none that the credential covers.", hasScopes: true),
        ["Error"] = Error("The request was not carried out.", hasScopes: false),
    };

    private static JsonObject Error(string description, bool hasScopes)
    {
        var error = new JsonObject { ["description"] = description, ["content"] = OpenApiSchemas.Content("Error") };
        if (hasScopes)
        {
            error["headers"] = new JsonObject
            {
                [RequiredScopes.HeaderName] = new JsonObject
                {
                    ["description"] = "Where scopes were the reason: those any one of which would have sufficed, separated by commas, names in them percent-encoded.",
                    ["schema"] = new JsonObject { ["type"] = "string" },
                },
            };
        }

        return error;
    }
}
