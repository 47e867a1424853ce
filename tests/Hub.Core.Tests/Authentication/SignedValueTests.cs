using System.Text.Json;
using JupyterHub.Core.Authentication;

namespace JupyterHub.Core.Tests.Authentication;

public class SignedValueTests
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(14);

    public static TheoryData<int> Signed => Indices("signed");

    public static TheoryData<int> Hostile => Indices("hostile");

    [Theory]
    [MemberData(nameof(Signed))]
    public void Writes_what_tornado_writes(int index)
    {
        var vector = SignedValueVectors.Root.GetProperty("signed")[index];

        Assert.Equal(
            vector.Text("signed"),
            SignedValue.Create(SignedValueVectors.Secret, vector.Text("name"), vector.Text("value"), vector.GetProperty("time").GetInt64()));
    }

    [Theory]
    [MemberData(nameof(Signed))]
    public void Reads_what_tornado_writes(int index)
    {
        var vector = SignedValueVectors.Root.GetProperty("signed")[index];
        var time = vector.GetProperty("time").GetInt64();
        var now = DateTimeOffset.FromUnixTimeSeconds(time).AddDays(1);

        Assert.True(SignedValue.TryDecode(SignedValueVectors.Secret, vector.Text("name"), vector.Text("signed"), MaxAge, now, out var value, out var signedAt));
        Assert.Equal(vector.Text("value"), value);
        Assert.Equal(time, signedAt);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Refuses_and_never_throws(int index)
    {
        var vector = SignedValueVectors.Root.GetProperty("hostile")[index];
        var text = vector.Text("text");
        if (vector.TryGetProperty("repeat", out var repeat))
        {
            text += new string(text[^1], repeat.GetInt32());
        }

        Assert.False(Decode(text), vector.Text("why"));
    }

    [Fact]
    public void Refuses_null_and_lone_surrogates()
    {
        Assert.False(Decode(null));
        Assert.False(Decode("2|1:0|\ud800"));
    }

    [Fact]
    public void Every_single_changed_character_is_noticed()
    {
        var good = SignedValueVectors.Root.GetProperty("signed")[0].Text("signed");
        Assert.True(Decode(good));
        for (var index = 0; index < good.Length; index++)
        {
            var changed = good.ToCharArray();
            changed[index] = changed[index] == '0' ? '1' : '0';
            Assert.False(Decode(new string(changed)), $"position {index}");
        }
    }

    [Fact]
    public void Ages_to_the_second()
    {
        var signed = SignedValue.Create(SignedValueVectors.Secret, "x", "v", 1_000_000);
        var last = DateTimeOffset.FromUnixTimeSeconds(1_000_000) + MaxAge;

        Assert.True(SignedValue.TryDecode(SignedValueVectors.Secret, "x", signed, MaxAge, last, out _, out _));
        Assert.False(SignedValue.TryDecode(SignedValueVectors.Secret, "x", signed, MaxAge, last.AddMilliseconds(1), out _, out _));
    }

    [Fact]
    public async Task Tornado_reads_what_we_write()
    {
        var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var values = new[] { "0123456789abcdef", "", "ünïcode €", "|:|" };
        var signed = values.Select(value => SignedValue.Create(SignedValueVectors.Secret, LoginCookie.Name, value, time));

        var read = await Tornado.DecodeAsync(SignedValueVectors.Secret, LoginCookie.Name, signed);

        Assert.Equal(values, read);
    }

    private static bool Decode(string? text) => SignedValue.TryDecode(
        SignedValueVectors.Secret, LoginCookie.Name, text, MaxAge, DateTimeOffset.FromUnixTimeSeconds(1735732800).AddDays(1), out _, out _);

    private static TheoryData<int> Indices(string list) => [.. Enumerable.Range(0, SignedValueVectors.Root.GetProperty(list).GetArrayLength())];
}
