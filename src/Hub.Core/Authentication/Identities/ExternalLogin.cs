namespace JupyterHub.Core.Authentication.Identities;

/// <summary>Whom a redirect login recognised.</summary>
/// <param name="Login">The login's name in this hub.</param>
/// <param name="Issuer">Who vouches.</param>
/// <param name="Subject">The person there.</param>
/// <param name="User">What else it says; the name is empty where it gives none, which is enough for somebody known.</param>
/// <param name="Trust">What its names mean here.</param>
internal sealed record ExternalLogin(string Login, string Issuer, string Subject, AuthenticatedUser User, NameTrust Trust)
{
    private const int Longest = 512;

    /// <summary>True if issuer and subject can be told from all others in any database.</summary>
    public bool IsIdentity => IsDistinct(Issuer) && IsDistinct(Subject);

    private static bool IsDistinct(string text) =>
        text.Length is > 0 and <= Longest && !text.Contains('\0', StringComparison.Ordinal) && UserNames.IsWellFormed(text);
}
