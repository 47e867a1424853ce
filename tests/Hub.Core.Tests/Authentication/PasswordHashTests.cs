using JupyterHub.Core.Authentication;

namespace JupyterHub.Core.Tests.Authentication;

public class PasswordHashTests
{
    [Fact]
    public void Fits_its_password_only()
    {
        var hash = PasswordHash.Create("correct horse ✓");

        Assert.True(PasswordHash.Verify("correct horse ✓", hash));
        Assert.False(PasswordHash.Verify("correct horse", hash));
        Assert.False(PasswordHash.Verify("", hash));
        Assert.DoesNotContain("horse", hash, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_password_has_another_hash_each_time() => Assert.NotEqual(PasswordHash.Create("x"), PasswordHash.Create("x"));

    [Fact]
    public void Cost_and_salt_come_from_the_text() =>
        // hashlib.pbkdf2_hmac("sha512", b"password", b"0123456789abcdef", 1000, 32)
        Assert.True(PasswordHash.Verify("password", "pbkdf2-sha512$1000$MDEyMzQ1Njc4OWFiY2RlZg==$38DzhdBT7fPaUGBlsh42VTuuKSFAIYGZJ7l6feCDLIk="));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("pbkdf2-sha512$1000$MDEyMzQ1Njc4OWFiY2RlZg==")]
    [InlineData("pbkdf2-sha512$0$MDEyMzQ1Njc4OWFiY2RlZg==$MDEyMzQ1Njc4OWFiY2RlZg==")]
    [InlineData("pbkdf2-sha512$-1$MDEyMzQ1Njc4OWFiY2RlZg==$MDEyMzQ1Njc4OWFiY2RlZg==")]
    [InlineData("pbkdf2-sha512$2147483647$MDEyMzQ1Njc4OWFiY2RlZg==$MDEyMzQ1Njc4OWFiY2RlZg==")]
    [InlineData("pbkdf2-sha512$1000$MDEyMzQ1Njc4OWFiY2RlZg==$")]
    [InlineData("pbkdf2-sha512$1000$!$!")]
    [InlineData("md5$1000$MDEyMzQ1Njc4OWFiY2RlZg==$MDEyMzQ1Njc4OWFiY2RlZg==")]
    public void What_is_no_hash_fits_nothing(string hash) => Assert.False(PasswordHash.Verify("", hash));
}
