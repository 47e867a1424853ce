using System.Text.Json.Nodes;
using OpenApiDocument = JupyterHub.AspNetCore.Api.OpenApi.OpenApiDocument;

namespace JupyterHub.AspNetCore.Tests.Api.OpenApi;

/// <summary>What endpoints really answer is what the document says that they do.</summary>
public sealed class LiveAnswersTests(HubFixture hub) : IClassFixture<HubFixture>
{
    [Theory]
    [InlineData("GET", "/", "/", 200)]
    [InlineData("GET", "/info", "/info", 200)]
    [InlineData("GET", "/user", "/user", 200)]
    [InlineData("GET", "/users/{user}", "/users/ada?include_stopped_servers", 200)]
    [InlineData("GET", "/users/{user}", "/users/nobody", 404)]
    [InlineData("POST", "/users/{user}", "/users/made-here", 201)]
    [InlineData("POST", "/users/{user}", "/users/ada", 409)]
    [InlineData("GET", "/proxy", "/proxy", 200)]
    [InlineData("PATCH", "/proxy", "/proxy", 400)]
    [InlineData("POST", "/shutdown", "/shutdown", 409)]
    [InlineData("GET", "/openapi.json", "/openapi.json", 200)]
    public async Task Answers_are_as_described(string method, string path, string target, int status)
    {
        await hub.Host.Data.UserAsync("ada");
        if ((await hub.Host.Data.ListAsync<Core.Servers.HubSpawner>()).Count == 0)
        {
            await hub.Host.Data.SpawnerAsync("ada");
            await hub.Host.Data.SpawnerAsync("ada", "lab");
        }

        var token = await hub.Host.Data.UserTokenAsync("root");
        using var answer = await hub.Host.SendAsync(method, $"/hub/api{target}", token);
        Assert.Equal(status, (int)answer.StatusCode);
        var document = hub.Host.Get<OpenApiDocument>().Json;
        var described = document["paths"]![path]![method.ToLowerInvariant()]!["responses"]!;
        var response = described[$"{status}"] ?? described["default"]!;
        if (response["$ref"] is { } shared)
        {
            response = document["components"]!["responses"]![((string)shared!).Split('/')[^1]]!;
        }

        var schema = response["content"]!["application/json"]!["schema"]!;
        Assert.Null(new SchemaCheck(document["components"]!["schemas"]!.AsObject()).Fault(schema, JsonNode.Parse(await answer.TextAsync())));
    }

    [Fact]
    public async Task A_service_s_identity_is_as_described()
    {
        var token = await hub.Host.Data.ServiceTokenAsync($"s-{Guid.NewGuid():N}", "read:services", "read:roles:services");
        using var answer = await hub.Host.SendAsync("GET", "/hub/api/user", token);
        var schemas = hub.Host.Get<OpenApiDocument>().Json["components"]!["schemas"]!.AsObject();
        Assert.Null(new SchemaCheck(schemas).Fault(schemas["Identity"]!, await answer.JsonAsync()));
    }

    [Fact]
    public void The_check_finds_faults()
    {
        var check = new SchemaCheck([]);
        var schema = JsonNode.Parse("""{"type":"object","properties":{"a":{"type":["integer","null"]},"b":{"type":"array","items":{"type":"string","enum":["x"]}}},"required":["a"]}""")!;
        foreach (var (value, isRight) in new[] { ("""{"a":1}""", true), ("""{"a":null,"b":["x"]}""", true), ("{}", false), ("""{"a":1.5}""", false), ("""{"a":1,"b":["y"]}""", false), ("""{"a":1,"c":0}""", false), ("[]", false) })
        {
            Assert.True(check.Fault(schema, JsonNode.Parse(value)) is null == isRight, value);
        }
    }
}
