using JupyterHub.Core.Data;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Tokens;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Tokens;

public sealed class HubTokensTests
{
    [Fact]
    public async Task A_token_of_the_hub_is_stored_hashed_with_the_hubs_client_and_found_again()
    {
        var time = new FakeTime();
        await using var database = await TestDatabase.CreateAsync(time);
        var user = await database.AddUserAsync("ada");

        var value = await database.AddTokenAsync(new NewToken { UserId = user.Id, Scopes = ["self", "list:users"], Note = "for me", ExpiresIn = TimeSpan.FromHours(1), SessionId = "s" });

        var row = await new TokenFinder(database.Hub, time).FindAsync(value, CancellationToken.None);
        Assert.NotNull(row);
        Assert.Matches("^[0-9a-f]{32}$", value);
        Assert.StartsWith("sha512:1:", row.Hashed, StringComparison.Ordinal);
        Assert.DoesNotContain(value, row.Hashed, StringComparison.Ordinal);
        Assert.Equal(value[..4], row.Prefix);
        Assert.Equal((OAuthClient.HubIdentifier, "for me", "s"), (row.ClientId, row.Note, row.SessionId));
        Assert.Equal((time.GetHubTime(), time.GetHubTime().AddHours(1)), (row.Created!.Value, row.ExpiresAt!.Value));
        Assert.Equal(["list:users", "self"], row.Scopes);
        Assert.Equal("ada", row.User!.Name);

        var client = Assert.Single(await database.ListAsync<OAuthClient>());
        Assert.Equal(("jupyterhub", "", "", "JupyterHub"), (client.Identifier, client.Secret, client.RedirectUri, client.Description));
        await database.AddTokenAsync(user);
        Assert.Single(await database.ListAsync<OAuthClient>());
    }

    [Fact]
    public async Task Two_tokens_of_one_write_share_the_hubs_client()
    {
        await using var database = await TestDatabase.CreateAsync();
        var user = await database.AddUserAsync("ada");

        await database.Hub.WriteAsync(
            async (context, cancel) =>
            {
                await HubTokens.AddAsync(context, new NewToken { UserId = user.Id, Scopes = [] }, database.Time, cancel);
                await HubTokens.AddAsync(context, new NewToken { UserId = user.Id, Scopes = [] }, database.Time, cancel);
            },
            CancellationToken.None);

        Assert.Single(await database.ListAsync<OAuthClient>());
        Assert.Equal(2, (await database.ListAsync<HubToken>()).Count);
    }

    [Fact]
    public async Task A_given_value_is_hashed_many_times_and_a_random_one_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var service = await database.AddServiceAsync("s");
        await database.AddTokenAsync(new NewToken { ServiceId = service.Id, Scopes = ["inherit"], Value = "from-the-configuration" });
        await database.AddTokenAsync(new NewToken { ServiceId = service.Id, Scopes = ["inherit"], Value = TokenValues.NewOAuthValue(), ValueIsRandom = true });

        Assert.Equal(["16384", "1"], (await database.ListAsync<HubToken>()).Select(row => row.Hashed.Split(':')[1]));
        Assert.Equal("s", (await new TokenFinder(database.Hub, database.Time).FindAsync("from-the-configuration", CancellationToken.None))!.Service!.Name);
    }

    [Fact]
    public async Task A_value_that_is_short_long_or_taken_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var user = await database.AddUserAsync("ada");
        await database.AddTokenAsync(new NewToken { UserId = user.Id, Scopes = [], Value = "12345678" });

        foreach (var value in new[] { "1234567", new string('x', 1025), "12345678" })
        {
            var exception = await Assert.ThrowsAsync<TokenValueException>(() => database.AddTokenAsync(new NewToken { UserId = user.Id, Scopes = [], Value = value }));
            Assert.DoesNotContain(value, exception.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<ArgumentException>(() => database.AddTokenAsync(new NewToken { Scopes = [] }));
        await Assert.ThrowsAsync<ArgumentException>(() => database.AddTokenAsync(new NewToken { UserId = 1, ServiceId = 1, Scopes = [] }));
        Assert.Single(await database.ListAsync<HubToken>());
    }

    [Fact]
    public void What_was_issued_does_not_print_its_clear_text() =>
        Assert.DoesNotContain("abcdefgh", new IssuedToken(new HubToken { Hashed = "", Prefix = "abcd" }, "abcdefgh").ToString(), StringComparison.Ordinal);
}
