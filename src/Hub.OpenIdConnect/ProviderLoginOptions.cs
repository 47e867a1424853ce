using System.ComponentModel.DataAnnotations;
using System.Net;
using JupyterHub.AspNetCore.Logins;
using JupyterHub.Core.Configuration;

namespace JupyterHub.OpenIdConnect;

/// <summary>What a hub needs to know to be the client of a provider.</summary>
public class ProviderLoginOptions : RedirectLoginOptions
{
    /// <summary>The name under which the provider knows this hub.</summary>
    [Required]
    public string ClientId { get; set; } = "";

    /// <summary>The secret that goes with it; unset for a public client, which PKCE protects alone.</summary>
    public HubSecret? ClientSecret { get; set; }

    /// <summary>Send name and secret in the header of token requests (RFC 6749, section 2.3.1) rather than in the form.</summary>
    public bool SendSecretInHeader { get; set; }

    /// <summary>What is asked for.</summary>
    public IList<string> Scopes { get; set; } = [];

    /// <summary>Further parameters of the address to which people are sent, such as <c>prompt</c> or <c>hd</c>.</summary>
    public IDictionary<string, string> AuthorizationParameters { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Protect codes by PKCE (RFC 7636); off only for providers that refuse it.</summary>
    public bool UsePkce { get; set; } = true;

    /// <summary>Seconds that the provider may take to answer one request.</summary>
    [Range(1, 120)]
    public double Timeout { get; set; } = 15;

    /// <inheritdoc />
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var problem in base.Validate(validationContext))
        {
            yield return problem;
        }

        foreach (var reserved in Reserved.Where(AuthorizationParameters.ContainsKey))
        {
            yield return new ValidationResult($"the parameter {reserved} is the hub's own", [nameof(AuthorizationParameters)]);
        }
    }

    private static readonly string[] Reserved =
        ["client_id", "redirect_uri", "response_type", "response_mode", "scope", "state", "nonce", "code_challenge", "code_challenge_method"];

    /// <summary>True for an address that nobody on the way can read or change: HTTPS, or this machine.</summary>
    internal static bool IsSafe(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && IsThisMachine(uri)));

    /// <summary>True for an address of this machine.</summary>
    internal static bool IsLocal(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && IsThisMachine(uri);

    private static bool IsThisMachine(Uri uri) =>
        uri.DnsSafeHost == "localhost" || (IPAddress.TryParse(uri.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));
}
