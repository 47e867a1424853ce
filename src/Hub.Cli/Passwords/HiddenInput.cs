using System.ComponentModel;
using System.Runtime.InteropServices;

namespace JupyterHub.Cli.Passwords;

/// <summary>
/// Keeps a Unix terminal from showing what is typed, until disposed. The platform's <see cref="Console.ReadKey()"/> hides keys only while
/// it waits for one: what is typed or pasted between two calls would be seen.
/// </summary>
internal sealed class HiddenInput : IDisposable
{
    private const int StandardInput = 0;
    private const int AfterFlush = 2;
    private const uint Echo = 8;

    // struct termios begins with four words of flags, of which the last is c_lflag: 32 bits each on Linux, 64 on macOS.
    private static readonly int LocalFlags = OperatingSystem.IsMacOS() ? 24 : 12;

    private readonly byte[] shown = new byte[256];

    /// <exception cref="IOException">Standard input is no terminal.</exception>
    public HiddenInput()
    {
        Require(GetAttributes(StandardInput, shown));
        var hidden = (byte[])shown.Clone();
        var flags = hidden.AsSpan(LocalFlags, sizeof(uint));
        BitConverter.TryWriteBytes(flags, BitConverter.ToUInt32(flags) & ~Echo);
        Require(SetAttributes(StandardInput, AfterFlush, hidden));
    }

    public void Dispose() => _ = SetAttributes(StandardInput, AfterFlush, shown);

    private static void Require(int result)
    {
        if (result != 0)
        {
            throw new IOException("The terminal cannot be kept from showing the password.", new Win32Exception(Marshal.GetLastPInvokeError()));
        }
    }

    [DllImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetAttributes(int file, byte[] attributes);

    [DllImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetAttributes(int file, int when, byte[] attributes);
}
