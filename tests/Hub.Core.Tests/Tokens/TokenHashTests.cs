using JupyterHub.Core.Tokens;

namespace JupyterHub.Core.Tests.Tokens;

public sealed class TokenHashTests
{
    // Recorded from JupyterHub 6.0.0b2 (tests/data/databases/6.0.0b2).
    private const string OneRound = "sha512:1:3ac1f1bcb3f7f8d6:34ee146f36eae277ed7cbc2bb0657e5fc95e5a1ba28e5d1e4ca98b82c8a9015ecc153bf2618d5841cdd87770f29e2d27c9de938bd5e7f0dfed23c0fbcaaba0a5";
    private const string ManyRounds = "sha512:16384:8d6d2f9553e490c9:885f185fc26b75be60100a23db8755064f0b93536a75e28b1f5c9128660bbc9e844d9d0d50cd3f619aa1dc56e21cebe013f3bc521df1cfbcd1706a4285c9d015";

    [Fact]
    public void Recorded_hashes_match_their_tokens_and_no_others()
    {
        Assert.True(TokenHash.Verify("a11ce000000000000000000000000001", OneRound));
        Assert.True(TokenHash.Verify("bob-chosen-token-with-many-rounds", ManyRounds));
        Assert.False(TokenHash.Verify("a11ce000000000000000000000000002", OneRound));
        Assert.False(TokenHash.Verify("a11ce00000000000000000000000001", OneRound));
        Assert.False(TokenHash.Verify("a11ce000000000000000000000000001", ManyRounds));
    }

    [Theory]
    [InlineData("sixteen-letters!", 1)]
    [InlineData("sixteen-letters!", 3)]
    [InlineData("läuft ✓ 𝒳", 16384)]
    public void A_new_hash_has_the_form_of_the_original_and_matches(string token, int rounds)
    {
        var hashed = TokenHash.Create(token, rounds);

        Assert.Matches($"^sha512:{rounds}:[0-9a-f]{{16}}:[0-9a-f]{{128}}$", hashed);
        Assert.True(TokenHash.Verify(token, hashed));
        Assert.NotEqual(hashed, TokenHash.Create(token, rounds));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":::")]
    [InlineData("sha512")]
    [InlineData("sha512:1:salt")]
    [InlineData("sha512:1:salt:digest:more")]
    [InlineData("md5:1:salt:digest")]
    [InlineData("sha512:0:salt:digest")]
    [InlineData("sha512:-1:salt:digest")]
    [InlineData("sha512:many:salt:digest")]
    [InlineData("sha512:99999999:salt:digest")]
    [InlineData("sha512:99999999999999999999:salt:digest")]
    [InlineData("sha512:1::")]
    public void Whatever_is_stored_does_not_throw_and_matches_nothing(string stored)
    {
        Assert.False(TokenHash.Verify("a11ce000000000000000000000000001", stored));
        Assert.False(TokenHash.Verify("", stored));
    }

    [Fact]
    public void Another_way_to_write_the_same_hash_does_not_match()
    {
        Assert.False(TokenHash.Verify("a11ce000000000000000000000000001", OneRound.Replace("sha512:1:", "sha512:01:", StringComparison.Ordinal)));
        Assert.False(TokenHash.Verify("a11ce000000000000000000000000001", OneRound.ToUpperInvariant()));
        Assert.False(TokenHash.Verify("a11ce000000000000000000000000001", OneRound + " "));
    }

    [Fact]
    public void An_endless_token_is_not_hashed()
    {
        Assert.False(TokenHash.Verify(new string('x', TokenHash.MaxTokenLength + 1), ManyRounds));
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenHash.Create(new string('x', TokenHash.MaxTokenLength + 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenHash.Create("token", 0));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_a_character_like_any_other()
    {
        var half = new string([(char)0xD800, 'a', 'b', 'c', 'd']);

        Assert.Equal(half[..4], TokenHash.PrefixOf(half));
        Assert.True(TokenHash.Verify(half, TokenHash.Create(half)));
        Assert.False(TokenHash.Verify("token", $"sha512:1:{half}:digest"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("abc", "abc")]
    [InlineData("abcdef", "abcd")]
    [InlineData("a𝒳𝒳𝒳𝒳", "a𝒳𝒳𝒳")]
    public void The_prefix_is_four_characters_as_python_counts_them(string token, string prefix) =>
        Assert.Equal(prefix, TokenHash.PrefixOf(token));
}
