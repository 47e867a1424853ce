using System.Text.Json.Nodes;
using JupyterHub.Core.Data;
using JupyterHub.Core.Tokens;
using JupyterHub.Testing;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Tests.Tokens;

public sealed class TokenFinderTests
{
    // Between the recorded tokens that expired in August 2026 and those that last until 2099.
    private static readonly DateTimeOffset Recorded = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("6.0.0b2", "6.0.0b2", 19)]
    [InlineData("6.0.0b2.upgraded-6.0.0b2", "6.0.0b2", 19)]
    [InlineData("5.5.1.upgraded-6.0.0b2", "5.5.1", 19)]
    [InlineData("3.0.0.upgraded-6.0.0b2", "3.0.0", 19)]
    public async Task Every_recorded_token_that_the_original_accepts_is_found_and_no_other(string file, string version, int count)
    {
        await using var database = TestDatabase.CopyOf(file, new FakeTime(Recorded));
        await database.Hub.OpenAsync(CancellationToken.None);
        var finder = new TokenFinder(database.Hub, database.Time);
        var recorded = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Data("databases", version + ".json")))!["after_upgrade_to_6.0.0b2"]!["tokens"]!.AsArray();

        Assert.Equal(count, recorded.Count);
        Assert.Contains(recorded, token => !token!["valid"]!.GetValue<bool>());
        foreach (var expected in recorded)
        {
            var found = await finder.FindAsync(expected!["token"]!.GetValue<string>(), CancellationToken.None);
            if (!expected["valid"]!.GetValue<bool>())
            {
                Assert.Null(found);
                continue;
            }

            Assert.NotNull(found);
            Assert.Equal(expected["owner"]!.GetValue<string>(), found.User is { } user ? "user:" + user.Name : "service:" + found.Service!.Name);
            Assert.Equal(expected["stored_scopes"]!.AsArray().Select(scope => scope!.GetValue<string>()).Order(StringComparer.Ordinal), found.Scopes.Order(StringComparer.Ordinal));
            Assert.Equal(expected["client_id"]!.GetValue<string>(), found.ClientId);
            Assert.Equal(expected["session_id"]?.GetValue<string>(), found.SessionId);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a11c")]
    [InlineData("a11ce00000000000000000000000000")]
    [InlineData("a11ce0000000000000000000000000011")]
    [InlineData("A11CE000000000000000000000000001")]
    [InlineData("%")]
    [InlineData("bob-chosen-token-with-many-rounds ")]
    public async Task What_is_nearly_a_token_is_none(string token)
    {
        await using var database = TestDatabase.CopyOf("6.0.0b2", new FakeTime(Recorded));
        await database.Hub.OpenAsync(CancellationToken.None);

        Assert.Null(await new TokenFinder(database.Hub, database.Time).FindAsync(token, CancellationToken.None));
    }

    [Fact]
    public async Task A_token_is_good_up_to_the_moment_of_its_expiry()
    {
        var time = new FakeTime();
        await using var database = await TestDatabase.CreateAsync(time);
        var token = await database.AddTokenAsync(new NewToken { UserId = (await database.AddUserAsync("ada")).Id, Scopes = ["inherit"], ExpiresIn = TimeSpan.FromSeconds(60) });
        var finder = new TokenFinder(database.Hub, time);

        time.Advance(TimeSpan.FromSeconds(60));
        Assert.NotNull(await finder.FindAsync(token, CancellationToken.None));

        time.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Null(await finder.FindAsync(token, CancellationToken.None));
    }

    [Fact]
    public async Task A_token_without_a_client_is_deleted_and_unknown()
    {
        await using var database = await TestDatabase.CreateAsync();
        var user = await database.AddUserAsync("ada");
        var token = await database.AddTokenAsync(user);
        var other = await database.AddTokenAsync(user);
        using (var connection = database.Connect())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE api_tokens SET client_id = NULL WHERE id = 1";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        var finder = new TokenFinder(database.Hub, database.Time);
        Assert.Null(await finder.FindAsync(token, CancellationToken.None));

        Assert.Equal([2], (await database.ListAsync<HubToken>()).Select(row => row.Id));
        Assert.NotNull(await finder.FindAsync(other, CancellationToken.None));
    }

    [Fact]
    public async Task A_token_of_nobody_is_unknown()
    {
        await using var database = await TestDatabase.CreateAsync();
        var token = await database.AddTokenAsync(await database.AddUserAsync("ada"));
        await database.Hub.WriteAsync((context, cancel) => context.Tokens.ExecuteUpdateAsync(set => set.SetProperty(row => row.UserId, (int?)null), cancel), CancellationToken.None);

        Assert.Null(await new TokenFinder(database.Hub, database.Time).FindAsync(token, CancellationToken.None));
    }
}
