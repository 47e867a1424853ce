using System.Runtime.InteropServices;
using System.Text;

namespace JupyterHub.Core.Processes;

/// <summary>A user of the operating system, as the name service knows it (getpwnam(3)): files, LDAP and all.</summary>
internal sealed record SystemAccount(string Name, uint UserId, uint GroupId, string Home, string Shell)
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Null if there is no such user.</summary>
    public static SystemAccount? Find(string name)
    {
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var buffer = Marshal.AllocHGlobal(BufferSize);
        try
        {
            var found = GetAccount([.. Encoding.UTF8.GetBytes(name), 0], out var entry, buffer, BufferSize, out var result) == 0 && result != IntPtr.Zero;
            return found ? new SystemAccount(Text(entry.Name), entry.UserId, entry.GroupId, Text(entry.Home), Text(entry.Shell)) : null;
        }
        finally
        {
            Marshal.FreeHGlobal(buffer);
        }
    }

    private static string Text(IntPtr text) => Marshal.PtrToStringUTF8(text) ?? "";

    [DllImport("libc", EntryPoint = "getpwnam_r")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetAccount(byte[] name, out PasswordEntry entry, IntPtr buffer, nint bufferSize, out IntPtr result);

    /// <summary><c>struct passwd</c> on Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PasswordEntry
    {
        public IntPtr Name;
        public IntPtr Password;
        public uint UserId;
        public uint GroupId;
        public IntPtr Comment;
        public IntPtr Home;
        public IntPtr Shell;
    }
}
