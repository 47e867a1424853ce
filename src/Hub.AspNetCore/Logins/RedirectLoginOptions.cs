using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using JupyterHub.Core.Authentication;

namespace JupyterHub.AspNetCore.Logins;

/// <summary>What every redirect login has: what its button says, and which claims tell who somebody is. Who may enter is decided by the settings of the authenticator.</summary>
public class RedirectLoginOptions : IValidatableObject
{
    /// <summary>What the button on the sign-in page calls the login; empty: its name.</summary>
    [StringLength(80)]
    public string DisplayName { get; set; } = "";

    /// <summary>
    /// The login's user names are the names of this hub's users: lists of users speak of them, and a person with the name of a user whom no other
    /// login knows becomes that user. Unset: true where there is no other way to sign in, as in a hub that has always had one provider, unless a claim tells
    /// apart several issuers. Say true only of a login where nobody can choose somebody else's name.
    /// </summary>
    public bool? TrustNames { get; set; }

    /// <summary>The claim that tells people apart for ever; empty: the login's usual one.</summary>
    public string SubjectClaim { get; set; } = "";

    /// <summary>The claim with the user's name, which counts when somebody comes for the first time; empty: the login's usual one.</summary>
    public string NameClaim { get; set; } = "";

    /// <summary>A claim that makes administrators; empty for none. It gives and takes the flag at each sign-in.</summary>
    public string AdminClaim { get; set; } = "";

    /// <summary>Values of <see cref="AdminClaim"/>, any one of which makes an administrator.</summary>
    public IList<string> AdminValues { get; set; } = [];

    /// <summary>A claim that lets people in whom no list names; empty for none.</summary>
    public string AllowedClaim { get; set; } = "";

    /// <summary>Values of <see cref="AllowedClaim"/>, any one of which suffices.</summary>
    public IList<string> AllowedValues { get; set; } = [];

    /// <summary>What is kept of the person: field of <c>user_info</c> to claim, such as <c>name</c> or <c>avatar_url</c>.</summary>
    public IDictionary<string, string> UserInfoClaims { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The last word on whom the login recognised: gives back the user, perhaps changed, or null to refuse. The identity stays what it is.</summary>
    public Func<ClaimsPrincipal, AuthenticatedUser, AuthenticatedUser?>? Adjust { get; set; }

    /// <inheritdoc />
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AdminClaim.Length > 0 != AdminValues.Count > 0)
        {
            yield return new ValidationResult("AdminClaim and AdminValues go together", [nameof(AdminClaim)]);
        }

        if (AllowedClaim.Length > 0 != AllowedValues.Count > 0)
        {
            yield return new ValidationResult("AllowedClaim and AllowedValues go together", [nameof(AllowedClaim)]);
        }
    }
}
