using System.Runtime.InteropServices;

namespace JupyterHub.Cli.Proxy;

/// <summary>SIGTERM and SIGINT as a token, from the first moment on: the command line's own begins only when what it started waits for the first time.</summary>
internal sealed class EndSignals : IDisposable
{
    private readonly CancellationTokenSource asked;
    private readonly PosixSignalRegistration terminate;
    private readonly PosixSignalRegistration interrupt;

    public EndSignals(CancellationToken cancellationToken)
    {
        asked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    }

    public CancellationToken Asked => asked.Token;

    public void Dispose()
    {
        terminate.Dispose();
        interrupt.Dispose();
        asked.Dispose();
    }

    // The process is not ended at once, but when all is in order.
    private void End(PosixSignalContext context)
    {
        context.Cancel = true;
        try
        {
            asked.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }
}
