using System.Buffers;
using System.Text;
using System.Text.Json;
using JupyterHub.Proxy.ChpApi;

namespace JupyterHub.Proxy.Tests.ChpApi;

/// <summary>The short way to read a body gives what the long one gives, or nothing.</summary>
public sealed class ChpPlainJsonTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"user":"ada","server_name":"","target":"http://127.0.0.1:43210","jupyterhub":true}""")]
    [InlineData("""{"target": "http://127.0.0.1:43210", "jupyterhub": true, "hub": true}""")]
    [InlineData(""" {"a":null , "target" : "http://a:1" , "b":"~ !#","e":false,"c":0,"d":123456789,"":1}  """, false)]
    [InlineData(""" {"a":null , "target" : "http://a:1" , "b":"~ !#","e":false,"c":0,"d":123456789,"host":"x"}  """)]
    public void What_hubs_post_is_read_at_once(string body, bool isPlain = true)
    {
        Assert.Equal(isPlain, ChpPlainJson.Read(Encoding.UTF8.GetBytes(body)) is not null);
        AssertSame(body);
    }

    [Theory]
    [InlineData("""{"target":"http://a"}""")]
    [InlineData("""{"target":"http://a","x":-1,"y":1.5,"z":1e3,"n":1234567890123}""")]
    [InlineData("""{"target":"http://a","x":-0,"y":0}""")]
    [InlineData("""{"target":"http:\/\/a"}""")]
    [InlineData("""{"t\u0061rget":"http://a"}""")]
    [InlineData("""{"target":"http://a","x":"\n"}""")]
    [InlineData("""{"target":"http://\u00e9","x":"é"}""")]
    [InlineData("""{"target":"http://a","x":[1],"y":{"b":1,"a":2}}""")]
    [InlineData("""{"target":"http://a","target":"http://b"}""")]
    [InlineData("""{"target":"http://a","x":1,"x":2}""")]
    [InlineData("""{"x":1,"10":1,"2":1,"target":"http://a"}""")]
    [InlineData("""{"last_activity":7,"target":"http://a"}""")]
    [InlineData("""{"target":"http://a","last_activity":"x"}""")]
    [InlineData("""{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1,"k":1,"l":1,"m":1,"n":1,"o":1,"p":1,"target":"http://a"}""")]
    [InlineData("""{"target":1}""")]
    [InlineData("""{"target":null,"x":"target"}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"target":"http://a"} x""")]
    [InlineData("""{"target":"http://a",}""")]
    [InlineData("""{"target":"http://a","x":01}""")]
    [InlineData("""{"target":"http://a"}{}""")]
    [InlineData("""{"target":"http://a","x":tru}""")]
    [InlineData("""{"target":"http://a","x":"}""")]
    public void All_else_is_read_as_before(string body) => AssertSame(body);

    [Fact]
    public void Long_bodies_are_read_as_before()
    {
        foreach (var length in Enumerable.Range(330, 100))
        {
            AssertSame($$"""{"target":"http://a","x":"{{new string('x', length)}}"}""");
        }
    }

    /// <summary>Whatever members are strung together, and wherever it breaks off.</summary>
    [Fact]
    public void Bodies_made_at_random_are_read_as_before()
    {
        string[] pieces =
        [
            "\"target\":\"http://127.0.0.1:1\"", "\"target\":1", "\"a\":1", "\"b\":true", "\"a\" : null", "\"1\":2", "\"c\":-1", "\"d\":\"\"", "\"e\":\"\\u0041\"", "\"f\":\"é\"", "\"g\":{}", "\"last_activity\":0", "\"\":0", "\"h\":000", "\"host\":\"x\"",
        ];
        var random = new Random(7);
        for (var round = 0; round < 5000; round++)
        {
            var body = $"{{{string.Join(random.Next(20) == 0 ? ",," : ",", Enumerable.Range(0, random.Next(6)).Select(_ => pieces[random.Next(pieces.Length)]))}}}";
            AssertSame(random.Next(10) == 0 ? body[..random.Next(body.Length)] : body);
        }
    }

    private static void AssertSame(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        if (ChpPlainJson.Read(bytes) is { } plain)
        {
            using var document = JsonDocument.Parse(bytes, ChpJson.Strict);
            var whole = ChpJson.Read(document.RootElement, host: null);
            Assert.Equal((whole.Target, Text(whole)), (plain.Target, Text(plain)));
        }
    }

    private static string Text(ChpRouteData data)
    {
        var output = new ArrayBufferWriter<byte>();
        data.Write(output, Time);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
