using System.Text.Json.Nodes;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Shares;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Share codes over the API: made, listed, revoked (contract 11).</summary>
public sealed class ShareCodesApiTests : IAsyncLifetime
{
    private HubHost host = null!;
    private string owner = "";

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync(setup =>
        {
            setup.Hub = hub => hub.PublicUrl = "https://hub.example.org/";
            setup.Spawner = simple => simple.Command = ["false"];
        });
        await host.Data.SpawnerAsync("owner");
        await host.Data.SpawnerAsync("owner", "lab");
        await host.Data.GrantAsync("owner", "shares!user=owner", "read:servers!user=owner");
        owner = await host.Data.UserTokenAsync("owner");
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_code_is_told_once_and_kept_as_a_hash()
    {
        var made = await BodyAsync("POST", "/share-codes/owner/lab", """{"scopes": ["read:servers", "access:servers"], "expires_in": 3600}""");
        var code = (string)made["code"]!;
        Assert.Matches("^[A-Za-z0-9_-]{43}$", code);
        Assert.Equal($"/hub/accept-share?code={code}", (string)made["accept_url"]!);
        Assert.Equal($"https://hub.example.org/hub/accept-share?code={code}", (string)made["full_accept_url"]!);
        Assert.Equal("https://hub.example.org/user/owner/lab/", (string)made["server"]!["full_url"]!);
        Assert.Equal(["access:servers!server=owner/lab", "read:servers!server=owner/lab"], made["scopes"]!.AsArray().Select(scope => (string)scope!));
        Assert.Equal(TimeSpan.FromHours(1), (DateTimeOffset)made["expires_at"]! - (DateTimeOffset)made["created_at"]!);

        var row = Assert.Single(await host.Data.ListAsync<ShareCode>());
        Assert.Equal($"sc_{row.Id}", (string)made["id"]!);
        Assert.Equal(code[..4], row.Prefix);
        Assert.StartsWith("sha512:1:", row.Hashed, StringComparison.Ordinal);
        Assert.True(TokenHash.Verify(code, row.Hashed));

        foreach (var target in new[] { "/share-codes/owner", "/share-codes/owner/lab" })
        {
            var page = await BodyAsync("GET", target);
            var listed = Assert.Single(page["items"]!.AsArray())!.AsObject();
            Assert.Equal(["created_at", "exchange_count", "expires_at", "id", "last_exchanged_at", "scopes", "server"], listed.Select(member => member.Key).Order(StringComparer.Ordinal));
            Assert.DoesNotContain(code, page.ToJsonString(), StringComparison.Ordinal);
        }

        Assert.Empty((await BodyAsync("GET", "/share-codes/owner/"))["items"]!.AsArray());
    }

    [Fact]
    public async Task By_default_a_code_gives_access_for_a_day()
    {
        var made = await BodyAsync("POST", "/share-codes/owner/", null);
        Assert.Equal(["access:servers!server=owner/"], made["scopes"]!.AsArray().Select(scope => (string)scope!));
        Assert.Equal(TimeSpan.FromDays(1), (DateTimeOffset)made["expires_at"]! - (DateTimeOffset)made["created_at"]!);
    }

    [Theory]
    [InlineData("60", 200)]
    [InlineData("31536000", 200)]
    [InlineData("3600.0", 200)]
    [InlineData("59", 400)]
    [InlineData("31536001", 400)]
    [InlineData("0", 400)]
    [InlineData("-3600", 400)]
    [InlineData("60.5", 400)]
    [InlineData("1e400", 400)]
    [InlineData("99999999999999999999", 400)]
    [InlineData("true", 400)]
    [InlineData("null", 400)]
    [InlineData("\"3600\"", 400)]
    public async Task A_code_lasts_between_a_minute_and_a_year(string expiresIn, int status)
    {
        using var answer = await SendAsync("POST", "/share-codes/owner/", $$"""{"expires_in": {{expiresIn}}}""");
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 200 ? 1 : 0, (await host.Data.ListAsync<ShareCode>()).Count);
    }

    [Theory]
    [InlineData("""{"user": "x"}""")]
    [InlineData("""{"scopes": ["access:planets"]}""")]
    [InlineData("""{"scopes": ["access:servers!user=owner"]}""")]
    [InlineData("""{"scopes": {}}""")]
    [InlineData("[]")]
    public async Task A_bad_body_makes_no_code(string body)
    {
        using var answer = await SendAsync("POST", "/share-codes/owner/", body);
        await answer.ApiErrorAsync(400);
        Assert.Empty(await host.Data.ListAsync<ShareCode>());
    }

    [Fact]
    public async Task Codes_are_revoked_by_code_by_id_or_all()
    {
        var codes = new List<JsonObject>();
        foreach (var server in new[] { "lab", "lab", "lab", "lab", "" })
        {
            codes.Add(await BodyAsync("POST", $"/share-codes/owner/{server}", null));
        }

        foreach (var query in new[]
        {
            "code=nope", "code=", "id=", "code=&id=", "id=1", "id=sc_", "id=sc_99999999999999999999", "id=sc_-1", "id=sc_999999", "id=sc_1x", $"code={new string('x', 5000)}",
            $"id={codes[4]["id"]}", $"code={codes[4]["code"]}",
        })
        {
            using var refused = await SendAsync("DELETE", $"/share-codes/owner/lab?{query}", null);
            await refused.ApiErrorAsync(404);
        }

        Assert.Equal(5, (await host.Data.ListAsync<ShareCode>()).Count);
        foreach (var (query, left) in new[] { ($"code={codes[0]["code"]}", 4), ($"id={codes[1]["id"]}", 3), ("", 1) })
        {
            using var revoked = await SendAsync("DELETE", $"/share-codes/owner/lab?{query}", null);
            Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
            Assert.Equal(left, (await host.Data.ListAsync<ShareCode>()).Count);
        }

        Assert.Equal((string)codes[4]["id"]!, $"sc_{Assert.Single(await host.Data.ListAsync<ShareCode>()).Id}");
    }

    [Fact]
    public async Task What_has_expired_is_neither_listed_nor_counted_and_goes_with_the_hourly_purge()
    {
        var spawner = (await host.Data.ListAsync<HubSpawner>())[0];
        await host.Data.AddAsync(new ShareCode
        {
            Hashed = TokenHash.Create("expired-code"), Prefix = "expi", OwnerId = spawner.UserId, SpawnerId = spawner.Id, ExpiresAt = DateTime.UtcNow.AddMinutes(-1),
        });
        await BodyAsync("POST", "/share-codes/owner/", null);
        var page = await BodyAsync("GET", "/share-codes/owner");
        Assert.Equal(1, (int)page["_pagination"]!["total"]!);
        Assert.Single(page["items"]!.AsArray());
        Assert.Equal(2, (await host.Data.ListAsync<ShareCode>()).Count);
        await host.Get<ExpiryPurge>().PurgeAsync(CancellationToken.None);
        Assert.Single(await host.Data.ListAsync<ShareCode>());
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, string? body) =>
        host.SendAsync(method, "/hub/api" + path, owner, body is null ? null : Answers.Json(body));

    private async Task<JsonObject> BodyAsync(string method, string path, string? body = null)
    {
        using var answer = await SendAsync(method, path, body);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{method} {path}: {(int)answer.StatusCode} {await answer.TextAsync()}");
        return await answer.JsonAsync();
    }
}
