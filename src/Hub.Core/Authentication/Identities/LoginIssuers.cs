namespace JupyterHub.Core.Authentication.Identities;

/// <summary>The issuers of this hub's redirect logins, as they are set up now.</summary>
internal sealed class LoginIssuers(IReadOnlyList<LoginIssuer> issuers)
{
    public static LoginIssuers None { get; } = new([]);

    /// <summary>True if there are names in use that mean nothing here.</summary>
    public bool HasForeign => issuers.Any(login => login.Trust == NameTrust.None);

    /// <summary>True if somebody of this issuer can sign in now, by a login whose names mean nothing here.</summary>
    public bool IsForeign(string issuer) => issuers.Any(login => login.Trust == NameTrust.None && login.Covers(issuer));
}
