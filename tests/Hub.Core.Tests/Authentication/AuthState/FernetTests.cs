using System.Text;
using System.Text.Json.Nodes;
using JupyterHub.Core.Authentication.AuthState;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Authentication.AuthState;

/// <summary>Tokens of the library that the original uses are read and written byte for byte.</summary>
public sealed class FernetTests
{
    private static readonly JsonNode Vectors = JsonNode.Parse(File.ReadAllText(Repository.Data("fernet.json")))!;

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Vectors["cases"]!.AsArray().Count)];

    public static TheoryData<string> Invalid => [.. Vectors["invalid"]!["tokens"]!.AsObject().Select(token => token.Key)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_writes_what_the_library_writes(int index)
    {
        var (key, clear, token) = Case(index);
        var vector = Vectors["cases"]![index]!;

        var written = Fernet.Encrypt(key, clear, DateTimeOffset.FromUnixTimeSeconds((long)vector["time"]!), Convert.FromHexString((string)vector["iv"]!));

        Assert.Equal(token, Encoding.ASCII.GetString(written));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_reads_what_the_library_writes(int index)
    {
        var (key, clear, token) = Case(index);

        Assert.True(Fernet.TryDecrypt(key, Encoding.ASCII.GetBytes(token), out var read));
        Assert.Equal(clear, read);
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void It_refuses_what_the_library_refuses(string what)
    {
        var key = FernetKey.Parse((string)Vectors["invalid"]!["key"]!)!;

        Assert.False(Fernet.TryDecrypt(key, Encoding.ASCII.GetBytes((string)Vectors["invalid"]!["tokens"]![what]!), out _));
    }

    [Fact]
    public void Each_token_is_another()
    {
        var key = new byte[FernetKey.Length];

        Assert.NotEqual(Fernet.Encrypt(key, "x"u8, DateTimeOffset.UnixEpoch), Fernet.Encrypt(key, "x"u8, DateTimeOffset.UnixEpoch));
    }

    private static (byte[] Key, byte[] Clear, string Token) Case(int index)
    {
        var vector = Vectors["cases"]![index]!;
        return (FernetKey.Parse((string)vector["key"]!)!, Convert.FromBase64String((string)vector["clear"]!), (string)vector["token"]!);
    }
}
