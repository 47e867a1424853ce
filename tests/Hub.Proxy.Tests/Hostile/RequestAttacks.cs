namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>The corpus of request smuggling.</summary>
internal static class RequestAttacks
{
    private const string Chunked = "Transfer-Encoding: chunked";
    private const string Inner = RequestAttack.Inner;

    private static readonly string InnerLength = Inner.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static IReadOnlyList<RequestAttack> All { get; } = [.. Lengths, .. Codings, .. Chunks, .. Lines, .. Trailers, .. Upgrades, .. Plain];

    private static IEnumerable<RequestAttack> Lengths =>
    [
        Post("length and chunked", $"0\r\n\r\n{Inner}", "Content-Length: 6", Chunked),
        Post("chunked and length", $"0\r\n\r\n{Inner}", Chunked, "Content-Length: " + InnerLength),
        Post("length and chunked, the other way", $"1\r\nx\r\n0\r\n\r\n{Inner}", "Content-Length: 4", Chunked),
        Post("length 0 and chunked", $"0\r\n\r\n{Inner}", "Content-Length: 0", Chunked),
        Post("two lengths", Inner, "Content-Length: 0", "Content-Length: " + InnerLength),
        Post("two lengths, the other way", Inner, "Content-Length: " + InnerLength, "Content-Length: 0"),
        Post("listed lengths", Inner, $"Content-Length: 0, {InnerLength}"),
        Post("listed equal lengths", Inner, $"Content-Length: {InnerLength}, {InnerLength}"),
        Post("length in hexadecimal", Inner, "Content-Length: 0x30"),
        Post("length with exponent", Inner, "Content-Length: 1e1"),
        Post("length with point", Inner, $"Content-Length: {InnerLength}.0"),
        Post("negative length", Inner, "Content-Length: -1"),
        Post("empty length", Inner, "Content-Length:"),
        Post("length with letters after", Inner, $"Content-Length: {InnerLength}x"),
        Post("length with inner space", Inner, "Content-Length: 1 0"),
        Post("length in other digits", Inner, "Content-Length: \u00b9\u00b0"),
        Post("length that overflows 64 bits", Inner, "Content-Length: 18446744073709551616"),
        Post("length that overflows 63 bits", Inner, "Content-Length: 9223372036854775808"),
        Post("length with space before colon", Inner, "Content-Length : 0"),
        Post("length with tab before colon", Inner, "Content-Length\t: 0"),
        Post("length with vertical tab", Inner, $"Content-Length: \v{InnerLength}"),
        Post("length under another name", "0\r\n\r\n" + Inner, "Content_Length: 5", Chunked) with { Bytes = $"POST /user/ada/x HTTP/1.1\r\nHost: hub\r\nContent_Length: 5\r\nContent-Length: {InnerLength}\r\n\r\n{Inner}", IsHarmless = true },
        Post("renamed length and chunked", "0\r\n\r\n", "X-Content-Length: 5", Chunked),
        Post("length declared for this hop", Inner, "Connection: Content-Length", "Content-Length: " + InnerLength) with { IsHarmless = true },
        Post("host declared for this hop", Inner, "Connection: Host", "Content-Length: " + InnerLength) with { IsHarmless = true },
    ];

    private static IEnumerable<RequestAttack> Codings =>
    [
        .. from coding in (string[])["xchunked", "chunkedx", "chunked, identity", "identity, chunked", "identity", "gzip", "gzip, chunked", "chunked, gzip", "chunked, chunked", "chunked,", ",chunked", "chunked;q=1", "\"chunked\"", "\vchunked", "chunked\0", "ch\u0075nked\u00a0", "cow"]
           select Post($"coding {coding.Replace("\0", "NUL", StringComparison.Ordinal).Replace("\v", "VT", StringComparison.Ordinal).Replace("\u00a0", "NBSP", StringComparison.Ordinal)}", $"0\r\n\r\n{Inner}", $"Transfer-Encoding: {coding}"),
        .. from coding in (string[])["Chunked", " chunked", "chunked ", "\tchunked"]
           select Post($"coding '{coding.Replace("\t", "TAB", StringComparison.Ordinal)}' is chunked", "3\r\nabc\r\n0\r\n\r\n", $"Transfer-Encoding:{coding}") with { IsHarmless = true },
        Post("coding with space before colon", $"0\r\n\r\n{Inner}", "Transfer-Encoding : chunked"),
        Post("coding with tab before colon", $"0\r\n\r\n{Inner}", "Transfer-Encoding\t: chunked"),
        Post("coding with NUL before colon", $"0\r\n\r\n{Inner}", "Transfer-Encoding\0: chunked"),
        Post("coding after a space", $"0\r\n\r\n{Inner}", " Transfer-Encoding: chunked"),
        Post("coding folded", $"0\r\n\r\n{Inner}", "Transfer-Encoding:\r\n chunked"),
        Post("coding folded into another header", $"0\r\n\r\n{Inner}", "X: y\r\n Transfer-Encoding: chunked"),
        Post("two codings", $"0\r\n\r\n{Inner}", Chunked, "Transfer-Encoding: identity"),
        Post("two codings, the other way", $"0\r\n\r\n{Inner}", "Transfer-Encoding: identity", Chunked),
        Post("two equal codings", $"0\r\n\r\n{Inner}", Chunked, Chunked),
        Post("coding after bare CR", $"0\r\n\r\n{Inner}", "X: y\rTransfer-Encoding: chunked"),
        Post("coding after bare LF", $"0\r\n\r\n{Inner}", "X: y\nTransfer-Encoding: chunked", "Content-Length: 5"),
        Post("coding under another name", Inner, "Transfer_Encoding: chunked", "Content-Length: " + InnerLength) with { IsHarmless = true },
        Post("coding declared for this hop", "3\r\nabc\r\n0\r\n\r\n", "Connection: Transfer-Encoding", Chunked) with { IsHarmless = true },
        new("coding in HTTP/1.0", $"POST /user/ada/x HTTP/1.0\r\nHost: hub\r\nConnection: keep-alive\r\n{Chunked}\r\n\r\n0\r\n\r\n{Inner}"),
        new("coding and length in HTTP/1.0", $"POST /user/ada/x HTTP/1.0\r\nHost: hub\r\nConnection: keep-alive\r\nContent-Length: 5\r\n{Chunked}\r\n\r\n0\r\n\r\n{Inner}"),
    ];

    private static IEnumerable<RequestAttack> Chunks =>
    [
        .. from chunk in ((string Name, string Bytes)[])
           [
               ("bare LF after size", "1\nx\r\n0\r\n\r\n"), ("bare CR after size", "1\rx\r\n0\r\n\r\n"), ("LF in extension", "1;a\nx\r\n0\r\n\r\n"),
               ("only LF in extension", "1;\nx\r\n0\r\n\r\n"), ("CR in extension", "1;a\rb\r\nx\r\n0\r\n\r\n"), ("LF ends chunk", "1\r\nx\n0\r\n\r\n"),
               ("no end of chunk", "1\r\nx0\r\n\r\n"), ("longer than its size", "1\r\nxyz\r\n0\r\n\r\n"), ("negative size", "-1\r\nx\r\n0\r\n\r\n"),
               ("size with plus", "+1\r\nx\r\n0\r\n\r\n"), ("size with 0x", "0x1\r\nx\r\n0\r\n\r\n"), ("size with space before", " 1\r\nx\r\n0\r\n\r\n"),
               ("empty size", "\r\nx\r\n0\r\n\r\n"), ("size that is no number", "g\r\nx\r\n0\r\n\r\n"), ("size of 17 digits", "10000000000000001\r\nx\r\n0\r\n\r\n"),
               ("size that overflows 32 bits", "100000001\r\nx\r\n0\r\n\r\n"), ("size that overflows 63 bits", "8000000000000000\r\nx\r\n0\r\n\r\n"),
               ("size of all ones", "FFFFFFFFFFFFFFFF\r\nx\r\n0\r\n\r\n"), ("last chunk with LF", "0\n\r\n"), ("last line with LF", "1\r\nx\r\n0\r\n\n"),
               ("NUL in size", "1\0\r\nx\r\n0\r\n\r\n"), ("quoted line end in extension", "1;a=\"\r\n\"\r\nx\r\n0\r\n\r\n"),
           ]
           select Post("chunk: " + chunk.Name, chunk.Bytes + Inner, Chunked) with { IsIncomplete = chunk.Name.Contains("32 bits", StringComparison.Ordinal) },
        Post("chunk with inner request", $"{Inner.Length:x}\r\n{Inner}\r\n0\r\n\r\n", Chunked) with { IsHarmless = true },
        Post("chunk with extension", "1;a=b;c=\"d\"\r\nx\r\n0;e\r\n\r\n", Chunked) with { IsHarmless = true },
        Post("chunk with a few zeros", "0001\r\nx\r\n0000\r\n\r\n", Chunked) with { IsHarmless = true },
        Post("chunk with many zeros", $"{new string('0', 14)}1\r\nx\r\n0000\r\n\r\n{Inner}", Chunked),
        Post("chunks never end", "1\r\nx\r\n", Chunked) with { IsIncomplete = true },
        Post("chunk with endless extension", $"1;{new string('a', 1_000_000)}\r\nx\r\n0\r\n\r\n", Chunked),
    ];

    private static IEnumerable<RequestAttack> Lines =>
    [
        new("bare LF everywhere", "POST /user/ada/x HTTP/1.1\nHost: hub\nContent-Length: 0\n\n" + Inner.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("eve/smuggled", "ada/plain", StringComparison.Ordinal)),
        new("LF ends head", $"POST /user/ada/x HTTP/1.1\r\nHost: hub\r\nContent-Length: {InnerLength}\r\n\n{Inner}"),
        new("CR in request line", $"GET /user/ada/x\rHTTP/1.1 HTTP/1.1\r\nHost: hub\r\n\r\n"),
        new("tab in request line", "GET\t/user/ada/x\tHTTP/1.1\r\nHost: hub\r\n\r\n"),
        new("two spaces in request line", "GET  /user/ada/x HTTP/1.1\r\nHost: hub\r\n\r\n"),
        new("request line in target", "GET /user/ada/x%20HTTP/1.1%0d%0aX: HTTP/1.1\r\nHost: hub\r\n\r\n"),
        new("line end in target", "GET /user/ada/x%0d%0a%0d%0aGET%20/user/eve/smuggled%20HTTP/1.1%0d%0a HTTP/1.1\r\nHost: hub\r\n\r\n"),
        new("NUL in target", "GET /user/ada/\0x HTTP/1.1\r\nHost: hub\r\n\r\n"),
        new("high byte in target", "GET /user/ada/\u00c4\u008d\u00c4\u008ax HTTP/1.1\r\nHost: hub\r\n\r\n"),
        new("version twice", "GET /user/ada/x HTTP/1.1 HTTP/1.1\r\nHost: hub\r\n\r\n"),
        new("version 1.10", "GET /user/ada/x HTTP/1.10\r\nHost: hub\r\n\r\n"),
        new("no version", "GET /user/ada/x\r\n\r\n" + Inner),
        Get("folded header", "X: y\r\n folded"),
        Get("folded by tab", "X: y\r\n\tfolded"),
        Get("first header folded", " X: y"),
        Get("NUL in header", "X: a\0b"),
        Get("NUL in name", "X\0: a"),
        Get("CR in header", "X: a\rY: b"),
        Get("CR at end of header", "X: a\r"),
        Get("empty name", ": x"),
        Get("no colon", "X"),
        Get("space in name", "X Y: z"),
        Get("bracket in name", "X(: z"),
        Get("two hosts", "Host: other"),
        new("no host", "GET /user/ada/x HTTP/1.1\r\nX: y\r\n\r\n"),
        new("line end in host", "GET /user/ada/x HTTP/1.1\r\nHost: hub%0d%0aX: y\r\n\r\n"),
        new("host with path", "GET /user/ada/x HTTP/1.1\r\nHost: hub/user/eve\r\n\r\n"),
        new("host of other in target", "GET http://other/user/ada/x HTTP/1.1\r\nHost: hub\r\n\r\n"),
    ];

    private static IEnumerable<RequestAttack> Trailers =>
    [
        .. from trailer in (string[])["Content-Length: 5", "Transfer-Encoding: chunked", "Host: other", "Connection: close", "Authorization: token x", "Cookie: a=b", "X-Forwarded-For: 192.0.2.1", "Content-Type: x", "Trailer: y"]
           select Post("trailer " + trailer.Split(':')[0], $"1\r\nx\r\n0\r\n{trailer}\r\n\r\n", Chunked, "Trailer: " + trailer.Split(':')[0]) with { IsHarmless = true },
        Post("trailer with LF", $"1\r\nx\r\n0\r\nX: y\n\r\n{Inner}", Chunked),
        Post("trailer without colon", $"1\r\nx\r\n0\r\nXY\r\n\r\n{Inner}", Chunked),
        Post("trailer folded", $"1\r\nx\r\n0\r\nX: y\r\n z\r\n\r\n{Inner}", Chunked),
        Post("trailer with NUL", $"1\r\nx\r\n0\r\nX: y\0\r\n\r\n{Inner}", Chunked),
        Post("trailers beyond measure", $"1\r\nx\r\n0\r\nX: {new string('x', 100_000)}\r\n\r\n{Inner}", Chunked),
    ];

    private static IEnumerable<RequestAttack> Upgrades =>
    [
        Post("upgrade with body", Inner, "Connection: Upgrade", "Upgrade: websocket", "Content-Length: " + InnerLength) with { IsHarmless = true },
        Post("upgrade with chunks", "3\r\nabc\r\n0\r\n\r\n", "Connection: Upgrade", "Upgrade: websocket", Chunked) with { IsHarmless = true },
        Post("h2c with body", Inner, "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA", "Content-Length: " + InnerLength) with { IsHarmless = true },
        Get("expect with get", "Expect: 100-continue") with { IsHarmless = true },
        Post("expect and length", Inner, "Expect: 100-continue", "Content-Length: " + InnerLength) with { IsHarmless = true },
        Post("expect something else", Inner, "Expect: 100-continue, x", "Content-Length: " + InnerLength),
        new("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + Inner),
        new("connect", "CONNECT /user/ada/x HTTP/1.1\r\nHost: hub\r\n\r\n"),
        new("connect to an authority", "CONNECT hub:80 HTTP/1.1\r\nHost: hub:80\r\n\r\n"),
    ];

    private static IEnumerable<RequestAttack> Plain =>
    [
        Get("get with body", "Content-Length: " + InnerLength) with { Bytes = $"GET /user/ada/x HTTP/1.1\r\nHost: hub\r\nContent-Length: {InnerLength}\r\n\r\n{Inner}", IsHarmless = true },
        new("head with body", $"HEAD /user/ada/x HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nContent-Length: {InnerLength}\r\n\r\n{Inner}"),
        new("options with body", $"OPTIONS /user/ada/x HTTP/1.1\r\nHost: hub\r\nContent-Length: {InnerLength}\r\n\r\n{Inner}") { IsHarmless = true },
        new("trace with body", $"TRACE /user/ada/x HTTP/1.1\r\nHost: hub\r\nContent-Length: {InnerLength}\r\n\r\n{Inner}"),
        Post("plus before length", Inner, "Content-Length: +" + InnerLength) with { IsHarmless = true },
        Post("zeros before length", Inner, "Content-Length: 000" + InnerLength) with { IsHarmless = true },
        Post("body shorter than its length", "abc", "Content-Length: 100000") with { IsIncomplete = true },
    ];

    private static RequestAttack Post(string name, string body, params string[] headers) =>
        new(name, $"POST /user/ada/x HTTP/1.1\r\nHost: hub\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n{body}");

    private static RequestAttack Get(string name, string header) => new(name, $"GET /user/ada/x HTTP/1.1\r\nHost: hub\r\n{header}\r\n\r\n");
}
