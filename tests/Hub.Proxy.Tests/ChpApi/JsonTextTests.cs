using System.Buffers;
using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using JupyterHub.Proxy.ChpApi;

namespace JupyterHub.Proxy.Tests.ChpApi;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(1, "1")]
    [InlineData(-42, "-42")]
    [InlineData(2.5, "2.5")]
    [InlineData(0.1, "0.1")]
    [InlineData(100, "100")]
    [InlineData(123456789012345680000d, "123456789012345680000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(0.0000001, "1e-7")]
    [InlineData(-1.25e-9, "-1.25e-9")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(9007199254740993, "9007199254740992")]
    [InlineData(0.30000000000000004, "0.30000000000000004")]
    [InlineData(99999999999999980000d, "99999999999999980000")]
    [InlineData(double.PositiveInfinity, "null")]
    public void Numbers_look_as_in_JavaScript(double value, string expected)
    {
        var output = new ArrayBufferWriter<byte>();

        JsonText.WriteNumber(output, value);

        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Numbers_read_back_the_same() => Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat>(), number =>
    {
        var output = new ArrayBufferWriter<byte>();
        JsonText.WriteNumber(output, number.Get);
        return double.Parse(Encoding.UTF8.GetString(output.WrittenSpan), CultureInfo.InvariantCulture) == number.Get;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a\"b\\c/d", "\"a\\\"b\\\\c/d\"")]
    [InlineData("\b\f\n\r\t\u0001\u001f\u007f", "\"\\b\\f\\n\\r\\t\\u0001\\u001f\u007f\"")]
    [InlineData("<\u00e9\u2028\U0001F600>", "\"<\u00e9\u2028\U0001F600>\"")]
    public void Strings_look_as_in_JavaScript(string text, string expected)
    {
        var output = new ArrayBufferWriter<byte>();

        JsonText.WriteString(output, text);

        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("2026-11-22T11:54:54.3712345Z", "2026-11-22T11:54:54.371Z")]
    [InlineData("2026-11-22", "2026-11-22T00:00:00.000Z")]
    [InlineData("2026-11", "2026-11-01T00:00:00.000Z")]
    [InlineData("2026-11-22T11:54Z", "2026-11-22T11:54:00.000Z")]
    [InlineData("2026-11-22T11:54:54+02:00", "2026-11-22T09:54:54.000Z")]
    [InlineData("2026-11-22T11:54:54.5-00:30", "2026-11-22T12:24:54.500Z")]
    [InlineData("Sun, 22 Nov 2026 11:54:54 GMT", "2026-11-22T11:54:54.000Z")]
    public void Dates_are_read_and_written_as_JavaScript_does(string text, string expected)
    {
        Span<byte> written = stackalloc byte[JavaScriptDate.Length];

        Assert.True(JavaScriptDate.TryParse(text, out var time));
        JavaScriptDate.Format(time, written);

        Assert.Equal(expected, Encoding.ASCII.GetString(written));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-13-01")]
    [InlineData("2026-11-22T25:00:00Z")]
    public void What_is_no_date_is_refused(string text) => Assert.False(JavaScriptDate.TryParse(text, out _));
}
