namespace JupyterHub.Core.Authentication.Identities;

/// <summary>The issuer, or the family of issuers, that a redirect login speaks for.</summary>
/// <param name="Issuer">The issuer. One that a claim names stands behind it, after a blank.</param>
/// <param name="Trust">What the login's names mean here.</param>
internal sealed record LoginIssuer(string Issuer, NameTrust Trust)
{
    /// <summary>What a login may call an issuer that it names by a claim: nothing that another login could say.</summary>
    public static string Qualify(string issuer, string claimed) => $"{issuer} {claimed}";

    public bool Covers(string issuer) => issuer == Issuer || issuer.StartsWith(Issuer + " ", StringComparison.Ordinal);
}
