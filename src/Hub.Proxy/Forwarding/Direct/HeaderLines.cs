namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>
/// Reads the header lines of a complete head, strictly (RFC 9112, 5): no folded lines, nothing between a name and its
/// colon, no stray CR, no control characters.
/// </summary>
internal ref struct HeaderLines(ReadOnlySpan<byte> head)
{
    // Far more than any server sends; collecting as many small ones of one name as fit into a head costs the square of their number.
    private const int MostLines = 1000;

    private ReadOnlySpan<byte> rest = head;
    private int lines;

    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value without white space around it. It may hold NUL, which a reader has to replace (RFC 9110, 5.5).</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes to the next line; false at the empty one.</summary>
    /// <exception cref="UpstreamProtocolException">It is no header line.</exception>
    public bool MoveNext()
    {
        var line = TakeLine(ref rest);
        if (line.IsEmpty)
        {
            return false;
        }

        if (++lines > MostLines)
        {
            throw new UpstreamProtocolException("A head has too many lines.");
        }

        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || !HeaderNameCharacters.AreAll(line[..colon]))
        {
            throw new UpstreamProtocolException("A header has no valid name.");
        }

        Name = line[..colon];
        Value = line[(colon + 1)..].Trim(" \t"u8);
        if (Value.ContainsAnyInRange((byte)0x01, (byte)0x08) || Value.ContainsAnyInRange((byte)0x0A, (byte)0x1F) || Value.Contains((byte)0x7F))
        {
            throw new UpstreamProtocolException("A header's value holds a control character.");
        }

        return true;
    }

    /// <summary>Takes a line without its end.</summary>
    public static ReadOnlySpan<byte> TakeLine(scoped ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'\n');
        if (end < 0)
        {
            throw new UpstreamProtocolException("A head does not end.");
        }

        var line = rest[..end];
        rest = rest[(end + 1)..];
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }
}
