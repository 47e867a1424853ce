using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace JupyterHub.Spawners.LocalProcess;

/// <summary>Writes names of users and servers as names of files: never a path, never hidden, never the same for two names.</summary>
internal static class FolderNames
{
    private const int MaxLength = 160;

    private static readonly SearchValues<byte> Literal = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-@"u8);

    /// <summary>Percent-encodes all but letters, digits and <c>_.-@</c>, a leading dot included; long names end in a hash instead.</summary>
    public static string Of(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var written = new StringBuilder(bytes.Length);
        foreach (var value in bytes)
        {
            if (Literal.Contains(value) && (value != (byte)'.' || written.Length > 0))
            {
                written.Append((char)value);
            }
            else
            {
                written.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        // "%~" stands in no encoded name, so a shortened name is never that of another user.
        return written.Length <= MaxLength
            ? written.ToString()
            : $"{written.ToString(0, MaxLength - 64)}%~{Convert.ToHexStringLower(SHA256.HashData(bytes))[..40]}";
    }
}
