using System.Security.Cryptography;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Authentication;

/// <summary>The key of all signed cookies. Whoever has it can be anybody, so it is refused when others may read it, and never replaced.</summary>
internal sealed class CookieSecret
{
    /// <summary>Environment variable with the secret, under the original's name.</summary>
    public const string Variable = "JPY_COOKIE_SECRET";

    private const int KeyBytes = 32;
    private readonly byte[] key;

    /// <exception cref="ArgumentException">It has not 32 bytes: with a shorter key, or none, anybody could sign.</exception>
    public CookieSecret(byte[] key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeyBytes, nameof(key));
        this.key = key;
    }

    /// <summary>The 32 bytes.</summary>
    public ReadOnlySpan<byte> Key => key;

    /// <summary>Takes the secret from the setting, else from the environment, else from its file, which is made when there is none.</summary>
    /// <exception cref="HubStartupException">What was found first is not usable; nothing is changed, and nothing else taken in its place.</exception>
    public static CookieSecret Load(JupyterHubOptions options, string dataFolder, Func<string, string?> variable)
    {
        if (options.CookieSecret is { } configured)
        {
            return new CookieSecret(Parse(configured.Reveal()) ?? throw new HubStartupException(
                "CookieSecret must be 64 hexadecimal digits (32 bytes); make one with: openssl rand -hex 32"));
        }

        if (variable(Variable) is { Length: > 0 } given)
        {
            return new CookieSecret(Parse(given) ?? throw new HubStartupException(
                $"The environment variable {Variable} must be 64 hexadecimal digits (32 bytes); make one with: openssl rand -hex 32"));
        }

        var path = Path.Combine(dataFolder, options.CookieSecretFile);
        try
        {
            return new CookieSecret(CookieSecretFile.Read(path) ?? CookieSecretFile.Create(path, RandomNumberGenerator.GetBytes(KeyBytes)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HubStartupException(
                $"CookieSecretFile {path} cannot be read or made: {exception.Message} Make it readable for the hub's user, or name another file.", exception);
        }
    }

    /// <summary>64 hexadecimal digits as 32 bytes; null for anything else.</summary>
    internal static byte[]? Parse(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.Length != 2 * KeyBytes)
        {
            return null;
        }

        var key = new byte[KeyBytes];
        return Convert.FromHexString(text, key, out _, out _) == System.Buffers.OperationStatus.Done ? key : null;
    }

    /// <summary>Never the key.</summary>
    public override string ToString() => "(cookie secret)";
}
