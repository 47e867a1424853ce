using System.Buffers;

namespace JupyterHub.Cli.Proxy;

/// <summary>Reads <c>--custom-header name:value</c>.</summary>
internal static class CustomHeader
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <exception cref="ProxyUsageException">It is no header.</exception>
    public static KeyValuePair<string, string> Read(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? "" : text[..colon].Trim();
        var value = colon < 0 ? "" : text[(colon + 1)..].Trim();
        return name.Length > 0 && !name.AsSpan().ContainsAnyExcept(NameCharacters) && !value.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? new KeyValuePair<string, string>(name, value)
            : throw new ProxyUsageException("--custom-header: write it as name:value, in ASCII.");
    }
}
