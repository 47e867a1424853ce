using System.Text;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Authentication.AuthState;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Tests.Authentication.AuthState;

public sealed class AuthStateKeysTests
{
    private const string Hex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1effff";

    private static readonly string Good = Hex[..64];

    [Theory]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1dfbff", "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1DFBFF")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd-_8=", "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1DFBFF")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd+/8=", "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1DFBFF")]
    [InlineData("0123456789abcdef0123456789abcdef", "3031323334353637383961626364656630313233343536373839616263646566")]
    [InlineData("0123456789abcdef", null)]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd*_8=", null)]
    [InlineData("zz0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1dfbff", null)]
    public void Keys_have_three_forms(string text, string? expected) =>
        Assert.Equal(expected, FernetKey.Parse(text) is { } key ? Convert.ToHexString(key) : null);

    [Fact]
    public void The_first_encrypts_and_any_decrypts()
    {
        var old = Load("0123456789abcdef0123456789abcdef");
        var both = Load($"{Good} ;".Replace(" ", "", StringComparison.Ordinal) + "0123456789abcdef0123456789abcdef; ");
        var fresh = Load(Good);
        var token = old.Encrypt("{}"u8, DateTimeOffset.UnixEpoch);

        Assert.True(both.TryDecrypt(token, out var clear));
        Assert.Equal("{}", Encoding.UTF8.GetString(clear));
        Assert.False(fresh.TryDecrypt(token, out _));
        Assert.True(fresh.TryDecrypt(both.Encrypt("{}"u8, DateTimeOffset.UnixEpoch), out _));
        Assert.True(both.Rotates);
        Assert.False(fresh.Rotates);
    }

    [Fact]
    public void The_setting_goes_before_the_environment()
    {
        var keys = AuthStateKeys.Load(new AuthenticatorOptions(), new JupyterHubOptions { CryptKey = new HubSecret(Good) }, _ => "no key");

        Assert.False(keys.IsEnabled);
        Assert.True(keys.TryDecrypt(Load(Good).Encrypt("{}"u8, DateTimeOffset.UnixEpoch), out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ; ")]
    public void Without_a_key_it_cannot_be_enabled(string? variable)
    {
        var failure = Assert.Throws<HubStartupException>(() => AuthStateKeys.Load(new AuthenticatorOptions { EnableAuthState = true }, new JupyterHubOptions(), _ => variable));

        Assert.StartsWith("JupyterHub:Authenticator:EnableAuthState needs a key to encrypt with: set the environment variable JUPYTERHUB_CRYPT_KEY or JupyterHub:CryptKey.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_none_is_refused_and_not_repeated()
    {
        var failure = Assert.Throws<HubStartupException>(() => AuthStateKeys.Load(new AuthenticatorOptions(), new JupyterHubOptions(), _ => $"{Good};hunter2"));

        Assert.StartsWith("The environment variable JUPYTERHUB_CRYPT_KEY must be keys of 32 bytes each", failure.Message, StringComparison.Ordinal);
        Assert.Contains("key number 2", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
    }

    private static AuthStateKeys Load(string text) => AuthStateKeys.Load(new AuthenticatorOptions { EnableAuthState = true }, new JupyterHubOptions(), _ => text);
}
