using System.ComponentModel.DataAnnotations;

namespace JupyterHub.AspNetCore.Logins;

/// <summary>A login by an authentication scheme of the application.</summary>
public sealed class SchemeLoginOptions : RedirectLoginOptions
{
    /// <summary>The scheme that is challenged: where people are sent.</summary>
    [Required]
    public string Scheme { get; set; } = "";

    /// <summary>
    /// The scheme that tells who came back. Unset: the scheme itself where it keeps sign-ins or reads requests, as cookies and headers do; for handlers
    /// that send people elsewhere <see cref="JupyterHubLogins.ExternalScheme"/>, into which they sign (<c>SignInToJupyterHub</c>).
    /// </summary>
    public string? TicketScheme { get; set; }

    /// <summary>Who vouches, as identities name it; unset: the scheme's name. The same issuer and subject are the same person, whichever login says so.</summary>
    [StringLength(400)]
    public string? Issuer { get; set; }

    /// <summary>A claim that tells apart several issuers behind the scheme; empty for none.</summary>
    public string IssuerClaim { get; set; } = "";
}
