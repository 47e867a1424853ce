using System.ComponentModel.DataAnnotations;

namespace JupyterHub.OpenIdConnect;

/// <summary>A login by an OpenID Connect provider, which tells its addresses and keys itself.</summary>
public sealed class OpenIdConnectLoginOptions : ProviderLoginOptions
{
    /// <summary>Sets what most providers need.</summary>
    public OpenIdConnectLoginOptions()
    {
        Scopes = ["openid", "profile", "email"];
        UserInfoClaims = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "name", ["avatar_url"] = "picture" };
    }

    /// <summary>The provider, exactly as it calls itself: an address with <c>https</c>. Below it stands <c>.well-known/openid-configuration</c>.</summary>
    [Required]
    [StringLength(400)]
    public string Issuer { get; set; } = "";

    /// <summary>Ask the provider's userinfo endpoint for further claims, if it has one.</summary>
    public bool UseUserInfo { get; set; } = true;

    /// <summary>Seconds by which the provider's clock may differ from ours.</summary>
    [Range(0, 600)]
    public double ClockSkew { get; set; } = 60;

    /// <inheritdoc />
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var problem in base.Validate(validationContext))
        {
            yield return problem;
        }

        if (!IsSafe(Issuer) || Issuer.Contains('?', StringComparison.Ordinal))
        {
            yield return new ValidationResult("it must be an address with https, or with http on this machine", [nameof(Issuer)]);
        }

        if (!Scopes.Contains("openid"))
        {
            yield return new ValidationResult("without the scope openid it is no OpenID Connect; for plain OAuth2 there is the type oauth", [nameof(Scopes)]);
        }

        if (SubjectClaim.Length > 0)
        {
            yield return new ValidationResult("OpenID Connect tells people apart by the claim sub and no other", [nameof(SubjectClaim)]);
        }
    }
}
