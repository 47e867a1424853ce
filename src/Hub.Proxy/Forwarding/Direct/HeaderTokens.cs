using System.Text;

namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>A header's value as a list of tokens, separated by commas.</summary>
internal readonly ref struct HeaderTokens(ReadOnlySpan<byte> value)
{
    private readonly ReadOnlySpan<byte> value = value;

    public bool Contains(ReadOnlySpan<byte> token)
    {
        foreach (var part in value.Split((byte)','))
        {
            if (Ascii.EqualsIgnoreCase(value[part].Trim(" \t"u8), token))
            {
                return true;
            }
        }

        return false;
    }
}
