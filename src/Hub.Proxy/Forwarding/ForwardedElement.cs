namespace JupyterHub.Proxy.Forwarding;

/// <summary>Reads the elements of a <c>Forwarded</c> header (RFC 7239).</summary>
internal static class ForwardedElement
{
    /// <summary>The value of a parameter of one element, without quotes; null when it is missing.</summary>
    public static string? Parameter(string element, string name)
    {
        foreach (var pair in element.Split(';'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && pair.AsSpan(0, equals).Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return pair.AsSpan(equals + 1).Trim().Trim('"').ToString();
            }
        }

        return null;
    }
}
