using System.Security.Cryptography;
using System.Text;
using JupyterHub.AspNetCore.Logins;
using JupyterHub.Core.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace JupyterHub.AspNetCore.Tests.Logins;

/// <summary>What keeps a sign-in together while its person is at the provider.</summary>
public sealed class HubProtectorTests
{
    private readonly HubProtector protector = new(new CookieSecret(RandomNumberGenerator.GetBytes(32)));

    [Fact]
    public void Many_at_once_find_their_own_again()
    {
        var state = protector.CreateProtector("state one");
        Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, index =>
        {
            var text = $"the state of number {index}";
            Assert.Equal(text, Encoding.UTF8.GetString(state.Unprotect(state.Protect(Encoding.UTF8.GetBytes(text)))));
        });
    }

    [Fact]
    public void What_was_changed_or_made_for_another_purpose_is_nothing()
    {
        var state = protector.CreateProtector("state one");
        var made = state.Protect("text"u8.ToArray());
        Assert.ThrowsAny<CryptographicException>(() => protector.CreateProtector("state two").Unprotect(made));
        Assert.ThrowsAny<CryptographicException>(() => state.Unprotect(made[..20]));
        made[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => state.Unprotect(made));
    }
}
