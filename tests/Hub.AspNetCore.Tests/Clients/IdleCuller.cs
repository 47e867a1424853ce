using System.Globalization;
using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Tests.Clients;

/// <summary>Does what jupyterhub-idle-culler does (contract 15): the same calls in the same order, with what it reads of the answers.</summary>
internal sealed class IdleCuller(HubHost host, string token, DateTimeOffset now)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    public bool CullsUsers { get; init; }

    public bool RemovesNamedServers { get; init; }

    public int? PageSize { get; init; }

    /// <summary>What was called, in order; without queries.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Whole addresses of the listings that were fetched.</summary>
    public List<string> Pages { get; } = [];

    public async Task RunAsync()
    {
        var version = (string)(await FetchAsync("GET", new Uri(host.Url, "/hub/api/"), null)).Body!["version"]!;
        Assert.True(Version.Parse(version.Split('b', 'r', '-')[0]) >= new Version(1, 3, 0));
        var limit = PageSize is { } size ? string.Create(CultureInfo.InvariantCulture, $"&limit={size}") : "";
        var users = new List<JsonNode>();
        if (CullsUsers)
        {
            users.AddRange(await ListAsync($"/hub/api/users?state=inactive{limit}"));
        }

        users.AddRange(await ListAsync($"/hub/api/users?{limit.TrimStart('&')}{(limit.Length > 0 ? "&" : "")}state=ready"));
        foreach (var user in users)
        {
            await HandleAsync(user.AsObject());
        }
    }

    private async Task HandleAsync(JsonObject user)
    {
        var name = (string)Key(user, "name")!;
        var isAlive = false;
        foreach (var (serverName, server) in Key(user, "servers")!.AsObject())
        {
            isAlive |= !await StopIfIdleAsync(name, serverName, server!.AsObject());
        }

        if (!CullsUsers || isAlive || !IsIdle(Key(user, "last_activity") ?? user["created"]) || (bool)Key(user, "admin")!)
        {
            return;
        }

        await FetchAsync("DELETE", new Uri(host.Url, $"/hub/api/users/{name}"), "");
    }

    /// <summary>True if the server is gone.</summary>
    private async Task<bool> StopIfIdleAsync(string user, string name, JsonObject server)
    {
        if ((string?)Key(server, "pending") is { Length: > 0 } || !(bool)Key(server, "ready")! || !IsIdle(Key(server, "last_activity") ?? Key(server, "started")))
        {
            return false;
        }

        var path = name.Length == 0 ? "server" : $"servers/{Uri.EscapeDataString((string)Key(server, "name")!)}";
        var body = RemovesNamedServers && name.Length > 0 ? """{"remove": true}""" : "";
        var answer = await FetchAsync("DELETE", new Uri(host.Url, $"/hub/api/users/{Uri.EscapeDataString(user)}/{path}"), body);
        return answer.Status != 202;
    }

    private bool IsIdle(JsonNode? time) =>
        time is not null && now - DateTimeOffset.Parse((string)time!, CultureInfo.InvariantCulture) >= Patience;

    private async Task<List<JsonNode>> ListAsync(string target)
    {
        var items = new List<JsonNode>();
        for (var next = new Uri(host.Url, target); next is not null;)
        {
            Pages.Add(next.ToString());
            var page = (await FetchAsync("GET", next, null)).Body!;
            items.AddRange(page["items"]!.AsArray().Select(item => item!.DeepClone()));
            next = page["_pagination"]!["next"] is { } more ? new Uri((string)more["url"]!) : null;
        }

        return items;
    }

    /// <summary>Like its dictionaries: a key that is not there is an error.</summary>
    private static JsonNode? Key(JsonObject model, string name) =>
        model.TryGetPropertyValue(name, out var value) ? value : throw new KeyNotFoundException($"There is no key {name}");

    private async Task<(int Status, JsonNode? Body)> FetchAsync(string method, Uri address, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Headers.TryAddWithoutValidation("Authorization", $"token {token}");
        request.Headers.TryAddWithoutValidation("Accept", "application/jupyterhub-pagination+json");
        request.Content = body is null ? null : new StringContent(body);
        using var answer = await host.Client.SendAsync(request);
        Calls.Add($"{method} {address.AbsolutePath} {(int)answer.StatusCode}");
        var text = await answer.TextAsync();
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException(text, null, answer.StatusCode);
        }

        return ((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }
}
