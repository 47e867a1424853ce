using System.Buffers;
using System.Text;

namespace JupyterHub.Core.Addressing;

/// <summary>Writes names of users, servers and services into URL paths (contract 1.4).</summary>
internal static class PathNames
{
    private static readonly SearchValues<byte> Literal = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-@~"u8);

    /// <summary>Percent-encodes a name as UTF-8; letters, digits and <c>_.-@~</c> stay as they are.</summary>
    public static string Escape(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        if (!bytes.AsSpan().ContainsAnyExcept(Literal))
        {
            return name;
        }

        var escaped = new StringBuilder(bytes.Length * 3);
        foreach (var value in bytes)
        {
            if (Literal.Contains(value))
            {
                escaped.Append((char)value);
            }
            else
            {
                escaped.Append('%').Append(value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return escaped.ToString();
    }

    /// <summary>Path of a user's default server: <c>{basePath}user/{name}/</c>.</summary>
    public static string UserPath(string basePath, string userName) => $"{basePath}user/{Escape(userName)}/";

    /// <summary>Path of a server; an empty name is the default server.</summary>
    public static string ServerPath(string basePath, string userName, string serverName) =>
        serverName.Length == 0 ? UserPath(basePath, userName) : $"{UserPath(basePath, userName)}{Escape(serverName)}/";
}
