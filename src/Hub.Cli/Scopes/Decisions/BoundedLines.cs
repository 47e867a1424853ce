using System.Buffers;

namespace JupyterHub.Cli.Scopes.Decisions;

/// <summary>Lines of a stream of bytes, one in memory at a time. Of one that is too long nothing is kept but that it was there.</summary>
internal sealed class BoundedLines(Stream input, int longest)
{
    private const int ChunkSize = 64 * 1024;

    private readonly byte[] chunk = new byte[ChunkSize];
    private readonly ArrayBufferWriter<byte> line = new(ChunkSize);
    private int start;
    private int end;

    /// <summary>True if the line was longer than allowed; <see cref="Current"/> is empty then.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>The line without its end, valid until the next one is read.</summary>
    public ReadOnlyMemory<byte> Current => IsTooLong ? default : line.WrittenMemory;

    /// <summary>Reads a line; false at the end of the input.</summary>
    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        line.ResetWrittenCount();
        IsTooLong = false;
        for (var any = false; ; any = true)
        {
            if (start == end)
            {
                (start, end) = (0, await input.ReadAsync(chunk, cancellationToken));
                if (end == 0)
                {
                    return any;
                }
            }

            if (TakeLine())
            {
                return true;
            }
        }
    }

    /// <summary>Takes what the chunk has of the line; true if that is its end.</summary>
    private bool TakeLine()
    {
        var rest = chunk.AsSpan(start, end - start);
        var length = rest.IndexOf((byte)'\n');
        var part = length < 0 ? rest : rest[..length];
        IsTooLong = IsTooLong || line.WrittenCount + part.Length > longest;
        if (!IsTooLong)
        {
            line.Write(part);
        }

        start += length < 0 ? part.Length : length + 1;
        return length >= 0;
    }
}
