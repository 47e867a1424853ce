using JupyterHub.Proxy.Forwarding;

namespace JupyterHub.Proxy.Tests.Forwarding;

public class DeclaredHeadersTests
{
    [Theory]
    [InlineData]
    [InlineData("")]
    [InlineData("keep-alive")]
    [InlineData("close")]
    [InlineData("keep-alive, Upgrade")]
    [InlineData(" , ,close", "TE")]
    [InlineData("Host, Content-Length, content-type, Transfer-Encoding, Sec-WebSocket-Key")]
    public void What_is_usual_or_needed_declares_nothing(params string[] connection)
    {
        var declared = new DeclaredHeaders(connection);
        Assert.True(declared.IsEmpty);
        Assert.False(declared.Includes("Host"));
        Assert.False(declared.Includes(""));
    }

    [Theory]
    [InlineData("X-Secret")]
    [InlineData("close,x-secret")]
    [InlineData("keep-alive", "other ,\tX-SECRET ")]
    public void Others_are_left_out_whatever_their_case(params string[] connection)
    {
        var declared = new DeclaredHeaders(connection);
        Assert.False(declared.IsEmpty);
        Assert.True(declared.Includes("X-Secret"));
        Assert.False(declared.Includes("X-Secre"));
        Assert.False(declared.Includes("Content-Length"));
    }
}
