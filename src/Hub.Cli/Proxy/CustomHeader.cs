using JupyterHub.Proxy.Forwarding;

namespace JupyterHub.Cli.Proxy;

/// <summary>Reads <c>--custom-header name:value</c>.</summary>
internal static class CustomHeader
{
    /// <exception cref="ProxyUsageException">One is no header, or none that may be set.</exception>
    public static KeyValuePair<string, string>[] ReadAll(IEnumerable<string> texts)
    {
        var headers = texts.Select(Read).ToArray();
        try
        {
            CustomHeadersCheck.Check(headers);
        }
        catch (ArgumentException)
        {
            throw new ProxyUsageException("--custom-header: none may be set twice, and none that frames or addresses a request.");
        }

        return headers;
    }

    private static KeyValuePair<string, string> Read(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? "" : text[..colon].Trim();
        var value = colon < 0 ? "" : text[(colon + 1)..].Trim();
        return HeaderNameCharacters.AreAll(name) && !value.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? new KeyValuePair<string, string>(name, value)
            : throw new ProxyUsageException("--custom-header: write it as name:value, in ASCII.");
    }
}
