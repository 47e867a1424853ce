using System.Buffers;
using System.Text.Json;

namespace JupyterHub.AspNetCore.Requests;

/// <summary>A buffer and its writer, used again by later answers: most answers are small, and making these would cost more than filling them.</summary>
internal sealed class JsonBuffer : IDisposable
{
    /// <summary>A larger one is left to the collector, so that one long answer does not stay in memory.</summary>
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static JsonBuffer? spare;

    private readonly ArrayBufferWriter<byte> bytes = new(1024);
    private readonly Utf8JsonWriter writer;

    private JsonBuffer() => writer = new Utf8JsonWriter(bytes, HubResponses.Writing);

    public ReadOnlyMemory<byte> Written => bytes.WrittenMemory;

    public static JsonBuffer Rent()
    {
        var rented = spare ?? new JsonBuffer();
        spare = null;
        return rented;
    }

    public void Write(Action<Utf8JsonWriter> write)
    {
        write(writer);
        writer.Flush();
    }

    /// <summary>Gives it to the next answer. Not called where writing failed: what is half written is dropped.</summary>
    public void Return()
    {
        if (bytes.Capacity > LargestKept)
        {
            Dispose();
            return;
        }

        bytes.ResetWrittenCount();
        writer.Reset();
        spare = this;
    }

    public void Dispose() => writer.Dispose();
}
