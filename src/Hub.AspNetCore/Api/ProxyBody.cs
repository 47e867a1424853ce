using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;

namespace JupyterHub.AspNetCore.Api;

/// <summary>The body of a request that tells the hub of another proxy; other keys are ignored.</summary>
/// <param name="ApiUrl">Where the proxy's own API is.</param>
/// <param name="AuthToken">What the proxy's API asks for.</param>
internal sealed record ProxyBody(string? ApiUrl, string? AuthToken)
{
    private const string NoObject = "Request body must be JSON dict";

    public static async Task<ProxyBody> ReadAsync(HubRequest request)
    {
        var body = await request.ReadObjectAsync(NoObject) ?? throw HubHttpException.BadRequest("need JSON body");
        return new ProxyBody(Text(body, "api_url"), Text(body, "auth_token"));
    }

    private static string? Text(JsonObject body, string name) => body.TryGetPropertyValue(name, out var node)
        ? node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : throw HubHttpException.BadRequest($"{name} must be a string")
        : null;
}
