using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Tests.Proxying;

/// <summary>The REST API of a proxy, as any other program would use it.</summary>
internal sealed class ProxyApi : IDisposable
{
    private readonly HttpClient client;

    public ProxyApi(Uri url, string token)
    {
        client = new HttpClient(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero }) { BaseAddress = url };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"token {token}");
    }

    public async Task<JsonObject> ListAsync() => JsonNode.Parse(await client.GetStringAsync("/api/routes"))!.AsObject();

    public async Task<IReadOnlyList<string>> PathsAsync() => [.. (await ListAsync()).Select(route => route.Key).Order(StringComparer.Ordinal)];

    public async Task AddAsync(string path, JsonObject body)
    {
        using var answer = await client.PostAsync($"/api/routes{path}", Answers.Json(body.ToJsonString()));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    public async Task RemoveAsync(string path)
    {
        using var answer = await client.DeleteAsync($"/api/routes{path}");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    public void Dispose() => client.Dispose();
}
