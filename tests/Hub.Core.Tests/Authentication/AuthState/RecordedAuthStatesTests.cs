using System.Text.Json.Nodes;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Authentication.AuthState;
using JupyterHub.Core.Configuration;
using JupyterHub.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace JupyterHub.Core.Tests.Authentication.AuthState;

/// <summary>What the original encrypted is read from its own databases.</summary>
public sealed class RecordedAuthStatesTests
{
    [Theory]
    [InlineData("6.0.0b2")]
    [InlineData("5.5.1.upgraded-6.0.0b2")]
    [InlineData("3.0.0.upgraded-6.0.0b2")]
    public async Task It_is_read_as_the_original_wrote_it(string recorded)
    {
        var notes = JsonNode.Parse(File.ReadAllText(Repository.Data("databases", recorded.Replace(".upgraded-6.0.0b2", "", StringComparison.Ordinal) + ".json")))!;
        await using var database = TestDatabase.CopyOf(recorded);
        await database.Hub.OpenAsync(CancellationToken.None);
        var states = StatesOf(database, (string)notes["crypt_key"]!);

        Assert.NotEmpty(notes["auth_state"]!.AsObject());
        foreach (var (user, expected) in notes["auth_state"]!.AsObject())
        {
            Assert.True(JsonNode.DeepEquals(expected, await states.ReadAsync(user, CancellationToken.None)), user);
        }

        Assert.Null(await states.ReadAsync("bob", CancellationToken.None));
    }

    [Fact]
    public async Task A_read_with_one_key_writes_nothing()
    {
        await using var database = TestDatabase.CopyOf("6.0.0b2");
        await database.Hub.OpenAsync(CancellationToken.None);
        var notes = JsonNode.Parse(File.ReadAllText(Repository.Data("databases", "6.0.0b2.json")))!;
        var before = await StoredAsync(database);

        await StatesOf(database, (string)notes["crypt_key"]!).ReadAsync("alice", CancellationToken.None);
        Assert.Equal(before, await StoredAsync(database));

        await StatesOf(database, new string('0', 64) + ";" + (string)notes["crypt_key"]!).ReadAsync("alice", CancellationToken.None);
        Assert.NotEqual(before, await StoredAsync(database));
        Assert.NotNull(await StatesOf(database, new string('0', 64)).ReadAsync("alice", CancellationToken.None));
    }

    private static AuthStates StatesOf(TestDatabase database, string keys) => new(
        database.Hub,
        AuthStateKeys.Load(new AuthenticatorOptions { EnableAuthState = true }, new JupyterHubOptions(), _ => keys),
        TimeProvider.System,
        NullLogger<AuthStates>.Instance);

    private static Task<byte[]?> StoredAsync(TestDatabase database) =>
        database.Hub.ReadAsync((db, token) => db.Users.Where(user => user.Name == "alice").Select(user => user.EncryptedAuthState).SingleAsync(token), CancellationToken.None);
}
