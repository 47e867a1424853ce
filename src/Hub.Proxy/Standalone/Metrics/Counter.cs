using System.Runtime.InteropServices;

namespace JupyterHub.Proxy.Standalone.Metrics;

/// <summary>A number that every core raises in a memory line of its own.</summary>
internal sealed class Counter
{
    private readonly Cell[] cells = new Cell[Environment.ProcessorCount];

    public long Value
    {
        get
        {
            var sum = 0L;
            for (var index = 0; index < cells.Length; index++)
            {
                sum += Interlocked.Read(ref cells[index].Value);
            }

            return sum;
        }
    }

    public void Increment() => Add(1);

    public void Add(long value) => Interlocked.Add(ref cells[Thread.GetCurrentProcessorId() % cells.Length].Value, value);

    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Cell
    {
        [FieldOffset(64)]
        public long Value;
    }
}
