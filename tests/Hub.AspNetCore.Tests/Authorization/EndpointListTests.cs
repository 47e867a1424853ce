using JupyterHub.AspNetCore.Routing;

namespace JupyterHub.AspNetCore.Tests.Authorization;

/// <summary>The endpoints are those of the original (endpoints.json), with its scopes, and a few more.</summary>
public sealed class EndpointListTests(HubFixture hub) : IClassFixture<HubFixture>
{
    /// <summary>What the original does not have.</summary>
    private static readonly string[] Additions =
    [
        "GET /openapi.json",
        "GET /roles", "POST /roles", "GET /roles/{}", "POST /roles/{}", "PATCH /roles/{}", "DELETE /roles/{}", "POST /roles/preview",
        "PUT /roles/{}/users/{}", "DELETE /roles/{}/users/{}", "PUT /roles/{}/groups/{}", "DELETE /roles/{}/groups/{}",
        "PUT /roles/{}/services/{}", "DELETE /roles/{}/services/{}",
        "POST /authorize/explain",
        "GET /announcements", "PUT /announcements/{}", "DELETE /announcements/{}",
        "DELETE /users/{}/sessions",
        "GET /spawn-options",
        "POST /oauth2/revoke", "POST /oauth2/introspect",
    ];

    /// <summary>Endpoints that ask for their scope themselves, because they answer in their own way.</summary>
    private static readonly string[] DecidedByHandler = ["POST /users/{}/tokens"];

    private IEnumerable<HubRoute> Api => hub.Host.Get<HubRouteTable>().Routes.Where(route =>
        route.Pattern == "api" || route.Pattern.StartsWith("api/", StringComparison.Ordinal));

    [Fact]
    public void Every_endpoint_of_ours_is_one_of_the_original_or_a_known_addition()
    {
        var known = RecordedEndpoint.Api.Select(endpoint => endpoint.Key).Concat(Additions).ToHashSet(StringComparer.Ordinal);

        Assert.All(Api.Select(RecordedEndpoint.KeyOf), key => Assert.Contains(key, known));
    }

    [Fact]
    public void Every_endpoint_of_the_original_is_mapped()
    {
        var mapped = Api.Select(RecordedEndpoint.KeyOf).ToHashSet(StringComparer.Ordinal);

        Assert.All(RecordedEndpoint.Api.Select(endpoint => endpoint.Key).Concat(Additions), key => Assert.Contains(key, mapped));
    }

    [Fact]
    public void Endpoints_ask_for_the_scopes_of_the_original()
    {
        var failures = new List<string>();
        foreach (var route in Api)
        {
            var key = RecordedEndpoint.KeyOf(route);
            if (DecidedByHandler.Contains(key) || RecordedEndpoint.Api.FirstOrDefault(endpoint => endpoint.Key == key) is not { } recorded)
            {
                continue;
            }

            var found = string.Join(' ', (route.Scopes?.Scopes ?? []).Order(StringComparer.Ordinal));
            var wanted = string.Join(' ', recorded.Scopes.Order(StringComparer.Ordinal));
            if (found != wanted)
            {
                failures.Add($"{key}: '{found}', not '{wanted}'");
            }

            if (route.Scopes is not null && route.Scopes.IsAnyFilterEnough != (recorded.Filter == "any"))
            {
                failures.Add($"{key}: a listing or not");
            }
        }

        Assert.Empty(failures);
    }
}
