namespace JupyterHub.Proxy.Forwarding;

/// <summary>Refuses headers that would break the requests that they are added to.</summary>
internal static class CustomHeadersCheck
{
    private static readonly string[] Framing =
        ["Host", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Upgrade", "TE", "Trailer", "Expect", LoopGuard.HeaderName];

    /// <exception cref="ArgumentException">A header cannot be sent or decides how a message is read; the message names it.</exception>
    public static void Check(IEnumerable<KeyValuePair<string, string>> headers)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
        {
            if (!HeaderNameCharacters.AreAll(name) || value.AsSpan().ContainsAnyInRange('\0', '\x08') || value.AsSpan().ContainsAnyInRange('\n', '\x1f'))
            {
                throw new ArgumentException($"'{name}' is no header that can be sent.", nameof(headers));
            }

            if (Framing.Contains(name, StringComparer.OrdinalIgnoreCase) || !seen.Add(name))
            {
                throw new ArgumentException($"Header '{name}' cannot be set, or not twice.", nameof(headers));
            }
        }
    }
}
