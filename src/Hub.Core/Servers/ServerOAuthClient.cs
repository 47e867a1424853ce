using System.Buffers;
using System.Globalization;
using System.Text;

namespace JupyterHub.Core.Servers;

/// <summary>How a server appears as an OAuth client (contract 6.1).</summary>
internal static class ServerOAuthClient
{
    /// <summary>Rounds of the hash that a client's secret is kept as.</summary>
    public const int SecretRounds = 16384;

    private static readonly SearchValues<byte> Literal = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~/"u8);

    /// <summary>The client's identifier, which is also the name of the server's cookie: unlike in paths, <c>@</c> is escaped.</summary>
    public static string IdentifierOf(ServerKey key)
    {
        var identifier = $"jupyterhub-user-{Quote(key.UserName)}";
        return key.ServerName.Length == 0 ? identifier : $"{identifier}-{Quote(key.ServerName)}";
    }

    /// <summary>The scope that lets somebody use the server.</summary>
    public static string AccessScopeOf(ServerKey key) => $"access:servers!server={key.UserName}/{key.ServerName}";

    /// <summary>Where the hub sends browsers back to.</summary>
    public static string RedirectUriOf(string prefix) => prefix + "oauth_callback";

    private static string Quote(string name)
    {
        var quoted = new StringBuilder(name.Length);
        foreach (var value in Encoding.UTF8.GetBytes(name))
        {
            if (Literal.Contains(value))
            {
                quoted.Append((char)value);
            }
            else
            {
                quoted.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return quoted.ToString();
    }
}
