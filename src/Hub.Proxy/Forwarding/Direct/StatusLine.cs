namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>The first line of an answer (RFC 9112, 4).</summary>
internal readonly ref struct StatusLine
{
    private const int ShortestLength = 12;

    private StatusLine(bool isHttp10, int status, ReadOnlySpan<byte> reason)
    {
        IsHttp10 = isHttp10;
        Status = status;
        Reason = reason;
    }

    public bool IsHttp10 { get; }

    /// <summary>100 to 999.</summary>
    public int Status { get; }

    public ReadOnlySpan<byte> Reason { get; }

    /// <exception cref="UpstreamProtocolException">It is no status line of HTTP/1.</exception>
    public static StatusLine Parse(ReadOnlySpan<byte> line)
    {
        if (line.Length < ShortestLength
            || !line.StartsWith("HTTP/1."u8)
            || !char.IsAsciiDigit((char)line[7])
            || line[8] != ' '
            || line[9] is < (byte)'1' or > (byte)'9' || !char.IsAsciiDigit((char)line[10]) || !char.IsAsciiDigit((char)line[11])
            || (line.Length > ShortestLength && line[12] != ' ')
            || line.Contains((byte)'\r'))
        {
            throw new UpstreamProtocolException("The answer has no valid status line.");
        }

        var status = (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
        return new StatusLine(line[7] == '0', status, line.Length > ShortestLength ? line[(ShortestLength + 1)..] : default);
    }
}
