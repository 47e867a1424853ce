using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace JupyterHub.Proxy;

/// <summary>What Linux knows of a path itself, not of what a symbolic link there leads to, or of an open file (statx(2)).</summary>
/// <param name="Identity">Which file of the machine it is, whatever its names are: device and number there.</param>
/// <param name="Owner">Number of the user that it belongs to.</param>
/// <param name="Kind">What sort of thing it is, as in a mode of Unix.</param>
/// <param name="Links">How many names it has.</param>
internal sealed record FileStatus((ulong Device, ulong Number) Identity, uint Owner, int Kind, uint Links)
{
    private const int Here = -100;
    private const int NoFollow = 0x100;
    private const int OfDescriptor = 0x1000;
    private const uint Wanted = 0x10D;
    private const int Size = 256;
    private const int LinksAt = 16;
    private const int OwnerAt = 20;
    private const int ModeAt = 28;
    private const int NumberAt = 32;
    private const int DeviceAt = 136;
    private const int KindMask = 0xF000;
    private const int Socket = 0xC000;
    private const int Regular = 0x8000;

    /// <summary>True for a Unix socket, whether or not anybody listens there.</summary>
    public bool IsSocket => Kind == Socket;

    /// <summary>True for what nobody but root and this process' own user can have made.</summary>
    public bool IsOurs => Owner == 0 || IsOwn;

    /// <summary>True for a file that this process' own user has under one name only: nobody can have lent it the name of another.</summary>
    public bool IsOwnUnderOneName => IsOwn && Kind == Regular && Links == 1;

    private bool IsOwn => Owner == EffectiveUser();

    /// <summary>Null where there is nothing, or where the system does not tell.</summary>
    public static FileStatus? Of(string path) => Ask(Here, path, NoFollow);

    /// <summary>The same of a file that is open; null where the system does not tell.</summary>
    public static FileStatus? Of(SafeFileHandle file)
    {
        var isHeld = false;
        try
        {
            file.DangerousAddRef(ref isHeld);
            return Ask((int)file.DangerousGetHandle(), "", OfDescriptor);
        }
        finally
        {
            if (isHeld)
            {
                file.DangerousRelease();
            }
        }
    }

    private static FileStatus? Ask(int from, string path, int flags)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            var status = new byte[Size];
            return Read(from, [.. Encoding.UTF8.GetBytes(path), 0], flags, Wanted, status) == 0
                ? new FileStatus(
                    (BitConverter.ToUInt64(status, DeviceAt), BitConverter.ToUInt64(status, NumberAt)),
                    BitConverter.ToUInt32(status, OwnerAt),
                    BitConverter.ToUInt16(status, ModeAt) & KindMask,
                    BitConverter.ToUInt32(status, LinksAt))
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
