using System.Runtime.InteropServices;
using System.Text;

namespace JupyterHub.Proxy;

/// <summary>What Linux knows of a path itself, not of what a symbolic link there leads to (statx(2)).</summary>
/// <param name="Owner">Number of the user that it belongs to.</param>
/// <param name="IsSocket">True for a Unix socket, whether or not anybody listens there.</param>
internal sealed record FileStatus(uint Owner, bool IsSocket)
{
    private const int Here = -100;
    private const int NoFollow = 0x100;
    private const uint TypeAndOwner = 0x9;
    private const int Size = 256;
    private const int OwnerAt = 20;
    private const int ModeAt = 28;
    private const int TypeMask = 0xF000;
    private const int Socket = 0xC000;

    /// <summary>True for what nobody but root and this process' own user can have made.</summary>
    public bool IsOurs => Owner == 0 || Owner == EffectiveUser();

    /// <summary>Null where there is nothing, or where the system does not tell.</summary>
    public static FileStatus? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            var status = new byte[Size];
            return Read(Here, [.. Encoding.UTF8.GetBytes(path), 0], NoFollow, TypeAndOwner, status) == 0
                ? new FileStatus(BitConverter.ToUInt32(status, OwnerAt), (BitConverter.ToUInt16(status, ModeAt) & TypeMask) == Socket)
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018.
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Read(int folder, byte[] path, int flags, uint mask, byte[] status);

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint EffectiveUser();
}
