using System.Text;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Whatever a body holds, the answer is a refusal in words, and the hub goes on.</summary>
public sealed class HostileBodyTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    public static TheoryData<string, string, int> Bodies()
    {
        var bodies = new TheoryData<string, string, int>();
        foreach (var target in new[]
        {
            "POST /hub/api/users/hostile", "POST /hub/api/users/hostile/activity", "POST /hub/api/users/root/server", "DELETE /hub/api/users/root/server",
            "PUT /hub/api/users/root/servers/lab", "PATCH /hub/api/users/root/servers/lab",
        })
        {
            bodies.Add(target, "not json", 400);
            bodies.Add(target, "{\"a\":", 400);
            bodies.Add(target, "{} {}", 400);
            bodies.Add(target, "\"text\"", 400);
            bodies.Add(target, "[1, 2]", 400);
            bodies.Add(target, "\ufeff{}", 400);
            bodies.Add(target, "{\"last_activity\": NaN}", 400);
            bodies.Add(target, "deep", 400);
            bodies.Add(target, "deepObjects", 400);
            bodies.Add(target, "{\"user_options\": {\"a\": 1, \"a\": 2}}", 400);
            bodies.Add(target, "{\"user_options\": {}, \"user_options\": {}}", 400);
            bodies.Add(target, "long", 413);
        }

        return bodies;
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_is_refused(string target, string body, int status)
    {
        var text = body switch
        {
            "deep" => new string('[', 100_000),
            "deepObjects" => string.Concat(Enumerable.Repeat("{\"a\":", 50_000)),
            "long" => $"{{\"a\": \"{new string('x', 2 * 1024 * 1024)}\"}}",
            _ => body,
        };
        var admin = await fixture.Host.Data.UserTokenAsync("root");
        var (method, path) = (target.Split(' ')[0], target.Split(' ')[1]);
        using var answer = await fixture.Host.SendAsync(method, path, admin, new ByteArrayContent(Encoding.UTF8.GetBytes(text)));
        var message = await answer.ApiErrorAsync(status);
        Assert.InRange(message.Length, 1, 400);
    }

    [Theory]
    [InlineData("""{"planet": 1}""", "Invalid JSON keys: planet")]
    [InlineData("""{"admin": "yes"}""", "admin")]
    [InlineData("""{"admin": null}""", "admin")]
    [InlineData("""{"name": 5}""", "name")]
    [InlineData("""{"groups": {}}""", "groups")]
    [InlineData("""{"auth_state": []}""", "auth_state")]
    public async Task A_user_is_not_made_from_wrong_types(string body, string complaint)
    {
        var admin = await fixture.Host.Data.UserTokenAsync("root");
        using var answer = await fixture.Host.SendAsync("POST", "/hub/api/users/wrong", admin, Answers.Json(body));
        Assert.Contains(complaint, await answer.ApiErrorAsync(400), StringComparison.Ordinal);
        using var missing = await fixture.Host.SendAsync("GET", "/hub/api/users/wrong", admin);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Keys_without_end_are_not_told_back()
    {
        var admin = await fixture.Host.Data.UserTokenAsync("root");
        using var answer = await fixture.Host.SendAsync("POST", "/hub/api/users/wrong", admin, Answers.Json($$"""{"{{new string('k', 500_000)}}": 1}"""));
        Assert.InRange((await answer.ApiErrorAsync(400)).Length, 1, 1000);
        using var server = await fixture.Host.SendAsync(
            "POST", "/hub/api/users/root/activity", admin, Answers.Json($$$$"""{"servers": {"{{{{new string('k', 500_000)}}}}": {"last_activity": "2020-01-01T00:00:00Z"}}}"""));
        Assert.InRange((await server.ApiErrorAsync(400)).Length, 1, 1000);
    }

    [Fact]
    public async Task A_content_type_makes_no_difference_to_a_token()
    {
        var admin = await fixture.Host.Data.UserTokenAsync("root");
        using var content = new ByteArrayContent("""{"last_activity": "2020-01-01T00:00:00Z"}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
        using var answer = await fixture.Host.SendAsync("POST", "/hub/api/users/root/activity", admin, content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
