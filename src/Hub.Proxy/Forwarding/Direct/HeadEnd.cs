namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>Finds where a head or a trailer section ends. A line may end with a bare LF, as RFC 9112, 2.2 allows; chunks may not.</summary>
internal static class HeadEnd
{
    /// <summary>The length including the empty line at its end; 0 while that has not come.</summary>
    /// <param name="bytes">What has come so far.</param>
    /// <param name="scanned">How much of it need not be looked at again; 0 at first.</param>
    public static int Find(ReadOnlySpan<byte> bytes, ref int scanned)
    {
        while (bytes[scanned..].IndexOf((byte)'\n') is >= 0 and var offset)
        {
            var next = scanned + offset + 1;
            var rest = bytes[next..];
            if (rest is [(byte)'\n', ..])
            {
                return next + 1;
            }

            if (rest is [(byte)'\r', (byte)'\n', ..])
            {
                return next + 2;
            }

            if (rest.IsEmpty || rest is [(byte)'\r'])
            {
                // What the line feed belongs to is told by what comes next.
                scanned = next - 1;
                return 0;
            }

            scanned = next;
        }

        scanned = bytes.Length;
        return 0;
    }
}
