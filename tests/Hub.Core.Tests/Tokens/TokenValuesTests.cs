using JupyterHub.Core.Tokens;

namespace JupyterHub.Core.Tests.Tokens;

public sealed class TokenValuesTests
{
    [Fact]
    public void Api_tokens_are_random_uuids_without_dashes()
    {
        var tokens = Enumerable.Range(0, 500).Select(_ => TokenValues.NewApiToken()).ToList();

        Assert.All(tokens, token => Assert.Matches("^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$", token));
        Assert.Equal(tokens.Count, tokens.Distinct().Count());
    }

    [Fact]
    public void OAuth_values_are_thirty_letters_and_digits()
    {
        var values = Enumerable.Range(0, 500).Select(_ => TokenValues.NewOAuthValue()).ToList();

        Assert.All(values, value => Assert.Matches("^[A-Za-z0-9]{30}$", value));
        Assert.Equal(values.Count, values.Distinct().Count());
        Assert.Equal(62, values.SelectMany(value => value).Distinct().Count());
    }
}
