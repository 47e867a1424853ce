namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>Answers as hostile as requests are.</summary>
internal static class ResponseAttacks
{
    private const string Chunked = "Transfer-Encoding: chunked";
    private const string Second = ResponseAttack.Second;

    public static IReadOnlyList<ResponseAttack> All { get; } = [.. Surplus, .. Lengths, .. Chunks, .. Statuses, .. Headers];

    private static IEnumerable<ResponseAttack> Surplus =>
    [
        Of("second answer at once", "Content-Length: 2", $"ok{Second}") with { StaysOpen = true, Passes = "ok" },
        Of("second answer after chunks", Chunked, $"2\r\nok\r\n0\r\n\r\n{Second}") with { StaysOpen = true, Passes = "ok" },
        Of("second answer after nothing", "Content-Length: 0", Second) with { StaysOpen = true, Passes = "" },
        new("second answer after 204", "HTTP/1.1 204 No Content\r\n\r\n" + Second) { StaysOpen = true, Passes = "" },
        new("second answer after 304", "HTTP/1.1 304 Not Modified\r\nContent-Length: 50\r\n\r\n" + Second) { StaysOpen = true, Passes = "" },
        Of("surplus bytes", "Content-Length: 2", "okevil") with { StaysOpen = true, Passes = "ok" },
        Of("surplus line ends", "Content-Length: 2", "ok\r\n\r\n\r\n") with { StaysOpen = true, Passes = "ok" },
        Of("half a second answer", "Content-Length: 2", "okHTTP/1.1 200 OK\r\nContent-Le") with { StaysOpen = true, Passes = "ok" },
    ];

    private static IEnumerable<ResponseAttack> Lengths =>
    [
        Of("shorter than its length", "Content-Length: 100", "evil"),
        Of("two lengths", "Content-Length: 4\r\nContent-Length: 40", "evil" + Second),
        Of("two lengths, the other way", "Content-Length: 40\r\nContent-Length: 4", "evil" + Second),
        Of("listed lengths", "Content-Length: 4, 40", "evil" + Second),
        Of("length in hexadecimal", "Content-Length: 0x4", "evil" + Second),
        Of("negative length", "Content-Length: -4", "evil"),
        Of("length that overflows", "Content-Length: 18446744073709551620", "evil"),
        Of("empty length", "Content-Length:", "evil"),
        Of("length of words", "Content-Length: many", "evil"),
        Of("length and chunked", $"Content-Length: 4\r\n{Chunked}", $"0\r\n\r\n{Second}"),
        Of("chunked and length", $"{Chunked}\r\nContent-Length: 40", $"4\r\nevil\r\n0\r\n\r\n{Second}"),
        Of("coding xchunked", "Transfer-Encoding: xchunked", $"0\r\n\r\n{Second}"),
        Of("coding gzip", "Transfer-Encoding: gzip", "evil"),
        Of("coding chunked, gzip", "Transfer-Encoding: chunked, gzip", $"0\r\n\r\n{Second}"),
        Of("coding twice", $"{Chunked}\r\n{Chunked}", $"0\r\n\r\n{Second}"),
        new("coding in HTTP/1.0", $"HTTP/1.0 200 OK\r\n{Chunked}\r\n\r\n4\r\nevil\r\n0\r\n\r\n{Second}"),
        new("204 with body", $"HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\nevil{Second}"),
        new("204 with chunks", $"HTTP/1.1 204 No Content\r\n{Chunked}\r\n\r\n4\r\nevil\r\n0\r\n\r\n"),
    ];

    private static IEnumerable<ResponseAttack> Chunks =>
    [
        .. from chunk in ((string Name, string Bytes)[])
           [
               ("not a number", "zz\r\nevil\r\n0\r\n\r\n"), ("negative", "-4\r\nevil\r\n0\r\n\r\n"), ("too long", "4\r\nevilevil\r\n0\r\n\r\n"),
               ("overflow", "FFFFFFFFFFFFFFFFF\r\nevil\r\n0\r\n\r\n"), ("sign bit", "8000000000000000\r\nevil\r\n0\r\n\r\n"), ("all ones", "FFFFFFFFFFFFFFFF\r\nevil\r\n"),
               ("plus", "+4\r\nevil\r\n0\r\n\r\n"), ("space before", " 4\r\nevil\r\n0\r\n\r\n"), ("space behind", "4 \r\nevil\r\n0\r\n\r\n"), ("prefix", "0x4\r\nevil\r\n0\r\n\r\n"),
               ("minus zero", "4\r\nevil\r\n-0\r\n\r\n"), ("separator", "1_0\r\nevil\r\n0\r\n\r\n"), ("empty", "\r\nevil\r\n0\r\n\r\n"), ("many zeros", $"{new string('0', 40)}4\r\nevil\r\n0\r\n\r\n"),
               ("bare LF", "4\nevil\n0\n\n"), ("endless extension", $"4;{new string('a', 200_000)}\r\nevil\r\n0\r\n\r\n"), ("no last", "4\r\nevil\r\n"),
               ("endless trailers", $"4\r\nevil\r\n0\r\n{string.Concat(Enumerable.Repeat("X: y\r\n", 50_000))}\r\n"), ("CR in extension", "4;\rx\r\nevil\r\n0\r\n\r\n"),
               ("huge", $"7FFFFFFFFFFFFFFF\r\n{new string('x', 100_000)}"),
           ]
           select Of("chunk " + chunk.Name, Chunked, chunk.Bytes),
        Of("trailer that frames", Chunked, "2\r\nok\r\n0\r\nContent-Length: 5\r\nTransfer-Encoding: x\r\n\r\n"),
        Of("trailer that splits", Chunked, "2\r\nok\r\n0\r\nX: y\rSet-Cookie: evil=1\r\n\r\n"),
    ];

    private static IEnumerable<ResponseAttack> Statuses =>
    [
        .. from line in (string[])["", "nonsense", "HTTP/1.1", "HTTP/1.1 ", "HTTP/1.1 2", "HTTP/1.1 20 OK", "HTTP/1.1 2000 OK", "HTTP/1.1 abc OK", "HTTP/1.1 -20 OK", "HTTP/1.1 000 OK", "HTTP/1.1 099 OK",
               "HTTP/2 200 OK", "HTTP/3.7 200 OK", "HTTP/0.9 200 OK", "http/1.1 200 OK", "ICY 200 OK", "HTTP/1.1\t200 OK", "HTTP/1.1  200 OK", " HTTP/1.1 200 OK", "\0HTTP/1.1 200 OK", "HTTP/1.1 200 O\rK", "HTTP/1.1 200 O\0K", "HTTP/1.1 200OK"]
           select new ResponseAttack($"status '{Printable(line)}'", $"{line}\r\nContent-Length: 4\r\n\r\nevil"),
        new("unasked upgrade", $"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n{Second}") { StaysOpen = true },
        new("unasked upgrade without words", $"HTTP/1.1 101 \r\n\r\n{Second}") { StaysOpen = true },
        new("endless status line", "HTTP/1.1 200 " + new string('x', 200_000)),
        new("205 with body", $"HTTP/1.1 205 Reset Content\r\nContent-Length: 4\r\n\r\nevil{Second}") { StaysOpen = true, Passes = "" },
        new("205 with chunks", $"HTTP/1.1 205 Reset Content\r\n{Chunked}\r\n\r\n4\r\nevil\r\n0\r\n\r\n{Second}") { StaysOpen = true, Passes = "" },
        new("205 until it is closed", "HTTP/1.1 205 Reset Content\r\n\r\nevil") { Passes = "" },
        new("announcement with a body", $"HTTP/1.1 103 Early Hints\r\nContent-Length: {Second.Length}\r\n\r\n{Second}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") { StaysOpen = true },
        new("announcement with chunks", $"HTTP/1.1 100 Continue\r\n{Chunked}\r\n\r\n4\r\nevil\r\n0\r\n\r\n{Second}") { StaysOpen = true },
        new("announcement that is none", $"HTTP/1.1 199 Mine\r\nContent-Length: 4\r\n\r\nevil{Second}") { StaysOpen = true },
        new("unasked upgrade after an announcement", $"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n{Second}") { StaysOpen = true },
        Of("announcement behind the answer", "Content-Length: 2", "okHTTP/1.1 100 Continue\r\n\r\n") with { StaysOpen = true, Passes = "ok" },
        new("kept in HTTP/1.0", $"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok{Second}") { StaysOpen = true, Passes = "ok" },
        new("own status", "HTTP/1.1 299 Mine\r\nContent-Length: 2\r\n\r\nok") { Passes = "ok" },
    ];

    private static IEnumerable<ResponseAttack> Headers =>
    [
        .. from header in (string[])["X: a\rSet-Cookie: evil=1", "X: a\nSet-Cookie: evil=1", "X: a\r\n Set-Cookie: evil=1", "X: a\r\r\nY: b", "X: a\0b", "X\0: a", "nonsense", ": x", "X : y", "X Y: z", " X: y", "X(: y", "X\u00e9: y", "\u0001: x", "X: \u007f\u0001"]
           select Of($"header '{Printable(header)}'", $"{header}\r\nContent-Length: 4", "evil"),
        Of("long header", $"X: {new string('x', 200_000)}\r\nContent-Length: 4", "evil"),
        Of("many headers", string.Concat(Enumerable.Repeat("X: y\r\n", 50_000)) + "Content-Length: 4", "evil"),
        Of("many short headers", string.Concat(Enumerable.Repeat("X:\r\n", 5_000)) + "Content-Length: 4", "evil"),
        Of("many names declared for this hop", $"Connection: {string.Join(',', Enumerable.Range(0, 5_000))}\r\nContent-Length: 2", "ok") with { Passes = "ok" },
        Of("length declared for this hop", "Connection: Content-Length\r\nContent-Length: 2", "ok" + Second) with { StaysOpen = true, Passes = "ok" },
        Of("coding declared for this hop", $"Connection: Transfer-Encoding\r\n{Chunked}", "2\r\nok\r\n0\r\n\r\n" + Second) with { StaysOpen = true, Passes = "ok" },
        Of("trailer and upgrade", "Upgrade: h2c\r\nConnection: Upgrade\r\nContent-Length: 2", "ok") with { Passes = "ok" },
    ];

    private static ResponseAttack Of(string name, string headers, string body) => new(name, $"HTTP/1.1 200 OK\r\n{headers}\r\n\r\n{body}");

    private static string Printable(string text) => string.Concat(text.Select(letter => letter is >= ' ' and <= '~' ? letter.ToString() : $"\\x{(int)letter:x2}"));
}
