using System.Security.Cryptography;
using System.Text;
using JupyterHub.Core.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace JupyterHub.AspNetCore.Logins;

/// <summary>
/// Encrypts what a login must find again, with a key made from the cookie secret: hubs that share the secret can each finish what another began, and the
/// application's own data protection is left alone.
/// </summary>
internal sealed class HubProtector : IDataProtector
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const string Root = "jupyterhub-login";

    private readonly CookieSecret secret;
    private readonly string purpose;
    private readonly byte[] key;

    public HubProtector(CookieSecret secret)
        : this(secret, Root)
    {
    }

    private HubProtector(CookieSecret secret, string purpose)
    {
        this.secret = secret;
        this.purpose = purpose;
        key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.Key.ToArray(), 32, info: Encoding.UTF8.GetBytes(purpose));
    }

    /// <summary>What is protected for one purpose is nothing for another.</summary>
    public IDataProtector CreateProtector(string purpose) => new HubProtector(secret, $"{this.purpose}\n{purpose}");

    public byte[] Protect(byte[] plaintext)
    {
        var result = new byte[NonceBytes + plaintext.Length + TagBytes];
        var nonce = result.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);

        // The platform's cipher keeps the nonce of the call that is under way: one that two requests share mixes them up.
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(nonce, plaintext, result.AsSpan(NonceBytes, plaintext.Length), result.AsSpan(NonceBytes + plaintext.Length));
        return result;
    }

    /// <exception cref="CryptographicException">It was not made here, or not for this.</exception>
    public byte[] Unprotect(byte[] protectedData)
    {
        var length = protectedData.Length - NonceBytes - TagBytes;
        if (length < 0)
        {
            throw new CryptographicException("The protected data is too short.");
        }

        var result = new byte[length];
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Decrypt(protectedData.AsSpan(0, NonceBytes), protectedData.AsSpan(NonceBytes, length), protectedData.AsSpan(NonceBytes + length), result);
        return result;
    }
}
