using System.Buffers;
using System.Text;

namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>Writes a request's head, and whatever of its body fits behind it, into one pooled buffer.</summary>
internal struct HeadWriter(int capacity) : IOutgoingHeaders
{
    // What ends a header early for one reader or another.
    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n\0"u8);

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(capacity);
    private int length;

    public readonly ReadOnlyMemory<byte> Written => buffer.AsMemory(0, length);

    public void Set(string name, scoped ReadOnlySpan<char> value)
    {
        // Two bytes and no more than three for each character, a colon, a space and a line's end.
        Reserve(name.Length + (value.Length * 3) + 4);
        var start = length;
        if (!HeaderNameCharacters.AreAll(name))
        {
            return;
        }

        length += Encoding.ASCII.GetBytes(name, buffer.AsSpan(length));
        buffer[length++] = (byte)':';
        buffer[length++] = (byte)' ';
        var written = Encoding.UTF8.GetBytes(value, buffer.AsSpan(length));
        if (buffer.AsSpan(length, written).ContainsAny(LineEnds))
        {
            length = start;
            return;
        }

        length += written;
        buffer[length++] = (byte)'\r';
        buffer[length++] = (byte)'\n';
    }

    public void Set(ReadOnlySpan<byte> name, long value)
    {
        Reserve(name.Length + 24);
        Write(name);
        value.TryFormat(buffer.AsSpan(length), out var written);
        length += written;
        Write("\r\n"u8);
    }

    /// <summary>Writes text that was checked before: nothing but visible ASCII.</summary>
    public void Write(string text)
    {
        Reserve(text.Length);
        length += Encoding.ASCII.GetBytes(text, buffer.AsSpan(length));
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    public void Dispose()
    {
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = null!;
            length = 0;
        }
    }

    private void Reserve(int count)
    {
        if (buffer.Length - length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, length + count));
            buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
    }
}
