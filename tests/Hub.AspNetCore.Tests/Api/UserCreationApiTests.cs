using System.Text;
using System.Text.Json.Nodes;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Users;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Making users, one and many (contract 2.3, 10).</summary>
public sealed class UserCreationApiTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Fact]
    public async Task Those_that_do_not_exist_are_made()
    {
        await Host.Data.UserAsync("old");
        using var answer = await PostAsync("""{"usernames": ["Zoe", "old", "abe", "ZOE"], "admin": true}""");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var users = JsonNode.Parse(await answer.TextAsync())!.AsArray();
        Assert.Equal(["zoe", "abe"], users.Select(user => (string)user!["name"]!));
        Assert.All(users, user => Assert.True((bool)user!["admin"]!));
        Assert.All(users, user => Assert.Equal(["admin", "user"], user!["roles"]!.AsArray().Select(role => (string)role!)));
        using var again = await PostAsync("""{"usernames": ["zoe", "old", "abe"]}""");
        Assert.Equal("All 3 users already exist", await again.ApiErrorAsync(409));
    }

    [Theory]
    [InlineData("""{"usernames": []}""", "Must specify at least one user to create")]
    [InlineData("{}", "Must specify at least one user to create")]
    [InlineData("", "Must specify at least one user to create")]
    [InlineData("""{"usernames": null}""", "Must specify at least one user to create")]
    [InlineData("[]", "Body must be a JSON object")]
    [InlineData("""{"usernames": "abc"}""", "usernames must be a list of strings")]
    [InlineData("""{"usernames": ["made", 5]}""", "usernames must be a list of strings")]
    [InlineData("""{"usernames": ["made", null]}""", "usernames must be a list of strings")]
    [InlineData("""{"usernames": ["made", ""]}""", "Invalid username: ")]
    [InlineData("""{"usernames": ["made", "a/b"]}""", "Invalid username: a/b")]
    [InlineData("""{"usernames": ["a/b", "made", " x"]}""", "Invalid usernames: a/b,  x")]
    [InlineData("""{"usernames": ["made", "x\u0000y"]}""", "Invalid username: x\\u{0}y")]
    [InlineData("""{"usernames": ["made", "\ud800"]}""", "Invalid JSON in body of request")]
    [InlineData("""{"usernames": ["made"], "planet": "\udc00"}""", "Invalid JSON in body of request")]
    [InlineData("""{"usernames": ["made"], "\ud800": 1}""", "Invalid JSON in body of request")]
    [InlineData("""{"usernames": ["made"], "planet": 1}""", "Invalid JSON keys: planet")]
    [InlineData("""{"usernames": ["made"], "admin": 1}""", "user.admin must be true or false")]
    public async Task A_wrong_body_makes_nobody(string body, string complaint)
    {
        using var answer = await PostAsync(body);
        Assert.Contains(complaint, await answer.ApiErrorAsync(400), StringComparison.Ordinal);
        Assert.DoesNotContain(await Host.Data.ListAsync<HubUser>(), user => user.Name == "made");
    }

    [Fact]
    public async Task Too_many_names_and_too_long_ones_are_refused_in_few_words()
    {
        var many = string.Join(',', Enumerable.Range(0, 1001).Select(number => $"\"many-{number}\""));
        using var tooMany = await PostAsync($$"""{"usernames": [{{many}}]}""");
        Assert.Contains("1000 at most", await tooMany.ApiErrorAsync(400), StringComparison.Ordinal);

        var longOnes = string.Join(',', Enumerable.Range(0, 900).Select(_ => $"\"{new string('n', 1000)}\""));
        using var tooLong = await PostAsync($$"""{"usernames": [{{longOnes}}]}""");
        Assert.InRange((await tooLong.ApiErrorAsync(400)).Length, 10, 400);

        using var huge = await PostAsync($$"""{"usernames": ["{{new string('n', 10 * 1024 * 1024)}}"]}""");
        await huge.ApiErrorAsync(413);
        Assert.DoesNotContain(await Host.Data.ListAsync<HubUser>(), user => user.Name.StartsWith("many-", StringComparison.Ordinal) || user.Name.StartsWith("nnn", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Invalid_bytes_in_a_body_are_replaced_and_then_no_name()
    {
        var token = await Host.Data.UserTokenAsync("root");
        byte[] body = [.. "{\"usernames\": [\"x"u8, 0xff, .. "\"]}"u8];
        using var answer = await Host.SendAsync("POST", "/hub/api/users", token, new ByteArrayContent(body));
        Assert.StartsWith("Invalid username", await answer.ApiErrorAsync(400), StringComparison.Ordinal);
        using var path = await Host.SendAsync("POST", "/hub/api/users/x%ff", token);
        Assert.Equal(HttpStatusCode.BadRequest, path.StatusCode);
    }

    [Theory]
    [InlineData("/hub/api/users/")]
    [InlineData("/hub/api/users//")]
    [InlineData("/hub/api//users")]
    [InlineData("/hub/api/users/../users")]
    public async Task Paths_mean_what_they_say(string path)
    {
        using var answer = await Host.SendAsync("GET", path, await Host.Data.UserTokenAsync("root"));
        Assert.InRange((int)answer.StatusCode, 400, 404);
    }

    [Fact]
    public async Task CVE_2024_41942_only_admins_make_admins_of_many()
    {
        var token = await Host.Data.ServiceTokenAsync("bulk", "admin:users");
        using var answer = await Host.SendAsync("POST", "/hub/api/users", token, Answers.Json("""{"usernames": ["bulky"], "admin": true}"""));
        Assert.Equal("Only admins can grant admin permissions", await answer.ApiErrorAsync(403));
        Assert.DoesNotContain(await Host.Data.ListAsync<HubUser>(), user => user.Name == "bulky");
    }

    [Fact]
    public async Task Of_a_hundred_who_make_the_same_user_one_does()
    {
        var token = await Host.Data.UserTokenAsync("root");
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async number =>
        {
            using var answer = number % 2 == 0
                ? await Host.SendAsync("POST", "/hub/api/users/wanted", token)
                : await Host.SendAsync("POST", "/hub/api/users", token, Answers.Json("""{"usernames": ["wanted"]}"""));
            return (int)answer.StatusCode;
        }));
        Assert.Equal(1, answers.Count(status => status == 201));
        Assert.Equal(99, answers.Count(status => status == 409));
        var user = (await Host.Data.ListAsync<HubUser>()).Single(row => row.Name == "wanted");
        Assert.Single(await Host.Data.ListAsync<UserRole>(), row => row.UserId == user.Id);
    }

    private async Task<HttpResponseMessage> PostAsync(string body) =>
        await Host.SendAsync("POST", "/hub/api/users", await Host.Data.UserTokenAsync("root"), new ByteArrayContent(Encoding.UTF8.GetBytes(body)));
}
