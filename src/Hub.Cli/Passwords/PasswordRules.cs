using System.Security.Cryptography;
using JupyterHub.Core.Authentication;

namespace JupyterHub.Cli.Passwords;

/// <summary>Which passwords are taken: the original's least lengths, and never the same one for both kinds.</summary>
internal static class PasswordRules
{
    public const int Longest = 1024;

    // No characters that look alike: people type these from a terminal.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int ShortestMadeUp = 16;

    public static string MakeUp(string kind) =>
        RandomNumberGenerator.GetString(Alphabet, Math.Max(ShortestMadeUp, SharedPasswordKind.ShortestOf(kind)));

    /// <exception cref="PasswordRefusedException">It breaks a rule.</exception>
    public static async Task CheckAsync(string kind, string password, SharedPasswordStore passwords, CancellationToken cancellationToken)
    {
        var length = password.EnumerateRunes().Count();
        var shortest = SharedPasswordKind.ShortestOf(kind);
        if (length < shortest)
        {
            throw new PasswordRefusedException($"The {kind} password must have at least {shortest} characters, not {length}.");
        }

        if (length > Longest)
        {
            throw new PasswordRefusedException($"The {kind} password must have at most {Longest} characters.");
        }

        if (password.Any(char.IsControl))
        {
            throw new PasswordRefusedException($"The {kind} password must not have control characters: nobody could type it into the sign-in form.");
        }

        // Whoever knows the users' password would be an administrator.
        var other = kind == SharedPasswordKind.Admin ? SharedPasswordKind.User : SharedPasswordKind.Admin;
        if (await passwords.HashOfAsync(other, cancellationToken) is { } hash && PasswordHash.Verify(password, hash))
        {
            throw new PasswordRefusedException($"The {kind} password must not be the {other} password.");
        }
    }
}
