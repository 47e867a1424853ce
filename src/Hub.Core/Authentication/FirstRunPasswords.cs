namespace JupyterHub.Core.Authentication;

/// <summary>Passwords that were just made up, for the host to show once; only their hashes are kept.</summary>
/// <param name="Admin">The admin password, or null if there was one already.</param>
/// <param name="User">The user password, or null if there was one already.</param>
internal sealed record FirstRunPasswords(string? Admin, string? User)
{
    /// <summary>Never the passwords.</summary>
    public override string ToString() => nameof(FirstRunPasswords);
}
