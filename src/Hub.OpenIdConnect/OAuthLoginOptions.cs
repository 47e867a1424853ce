using System.ComponentModel.DataAnnotations;

namespace JupyterHub.OpenIdConnect;

/// <summary>A login by an OAuth2 provider that says by an endpoint of its own whom a token belongs to.</summary>
public sealed class OAuthLoginOptions : ProviderLoginOptions
{
    /// <summary>Where people are sent.</summary>
    [Required]
    public string AuthorizationEndpoint { get; set; } = "";

    /// <summary>Where codes become tokens.</summary>
    [Required]
    public string TokenEndpoint { get; set; } = "";

    /// <summary>Where a token tells whose it is, as one JSON object.</summary>
    [Required]
    public string UserInfoEndpoint { get; set; } = "";

    /// <summary>Who vouches, as identities name it; unset: scheme and host of <see cref="AuthorizationEndpoint"/>.</summary>
    [StringLength(400)]
    public string? Issuer { get; set; }

    /// <inheritdoc />
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var problem in base.Validate(validationContext))
        {
            yield return problem;
        }

        foreach (var (name, address) in new[]
        {
            (nameof(AuthorizationEndpoint), AuthorizationEndpoint), (nameof(TokenEndpoint), TokenEndpoint), (nameof(UserInfoEndpoint), UserInfoEndpoint),
        })
        {
            if (address.Length > 0 && !IsSafe(address))
            {
                yield return new ValidationResult("it must be an address with https, or with http on this machine", [name]);
            }
        }
    }
}
