using System.Diagnostics.CodeAnalysis;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Authentication.AuthState;

/// <summary>The keys of what authenticators leave with users: the first encrypts, any decrypts.</summary>
internal sealed class AuthStateKeys
{
    public const string Variable = "JUPYTERHUB_CRYPT_KEY";

    private const string Setting = $"{KnownSettings.Root}:{nameof(JupyterHubOptions.CryptKey)}";
    private const string Enabling = $"{KnownSettings.Authenticator}:{nameof(AuthenticatorOptions.EnableAuthState)}";

    private readonly IReadOnlyList<byte[]> keys;

    private AuthStateKeys(bool isEnabled, IReadOnlyList<byte[]> keys) => (IsEnabled, this.keys) = (isEnabled, keys);

    /// <summary>Whether anything is stored.</summary>
    public bool IsEnabled { get; }

    /// <summary>With more than one key, what is read is stored again with the first.</summary>
    public bool Rotates => keys.Count > 1;

    /// <summary>Takes the keys from the setting, else from the environment.</summary>
    /// <exception cref="HubStartupException">A key is none, or there is none although one is needed.</exception>
    public static AuthStateKeys Load(AuthenticatorOptions authenticator, JupyterHubOptions hub, Func<string, string?> environment)
    {
        var (text, origin) = hub.CryptKey is { } secret ? (secret.Reveal(), Setting) : (environment(Variable) ?? "", $"The environment variable {Variable}");
        var keys = text.Split(';').Where(key => !string.IsNullOrWhiteSpace(key)).Select((key, index) => FernetKey.Parse(key) ?? throw new HubStartupException(
            $"{origin} must be keys of 32 bytes each, as 64 hexadecimal digits or 44 characters of Base64, with ; between them; its key number {index + 1} is none. Make one with: openssl rand -hex 32")).ToList();
        return !authenticator.EnableAuthState || keys.Count > 0
            ? new AuthStateKeys(authenticator.EnableAuthState, keys)
            : throw new HubStartupException($"{Enabling} needs a key to encrypt with: set the environment variable {Variable} or {Setting}. Make one with: openssl rand -hex 32");
    }

    /// <summary>Encrypts with the first key.</summary>
    public byte[] Encrypt(ReadOnlySpan<byte> clear, DateTimeOffset now) => Fernet.Encrypt(keys[0], clear, now);

    public bool TryDecrypt(ReadOnlySpan<byte> token, [NotNullWhen(true)] out byte[]? clear)
    {
        foreach (var key in keys)
        {
            if (Fernet.TryDecrypt(key, token, out clear))
            {
                return true;
            }
        }

        clear = null;
        return false;
    }

    /// <summary>Never the keys.</summary>
    public override string ToString() => nameof(AuthStateKeys);
}
