namespace JupyterHub.Core.Authentication;

/// <summary>Settings that every authenticator shares: who may enter, and how names are written. Nobody may enter unless a setting says so.</summary>
public class AuthenticatorOptions
{
    /// <summary>Everybody whom the authenticator recognises may enter.</summary>
    public bool AllowAll { get; set; }

    /// <summary>These users may enter.</summary>
    public IList<string> AllowedUsers { get; set; } = [];

    /// <summary>These users may not enter, whatever else says so.</summary>
    public IList<string> BlockedUsers { get; set; } = [];

    /// <summary>These users are administrators, and may enter.</summary>
    public IList<string> AdminUsers { get; set; } = [];

    /// <summary>Users that the database knows may enter.</summary>
    public bool AllowExistingUsers { get; set; }

    /// <summary>Keep, encrypted, what the authenticator leaves with users who sign in. Needs a key: <c>JUPYTERHUB_CRYPT_KEY</c> in the environment, or the hub's setting <c>CryptKey</c>.</summary>
    public bool EnableAuthState { get; set; }

    /// <summary>Name as typed (lower case) to name in the hub.</summary>
    public IDictionary<string, string> UsernameMap { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Regular expression that a whole name must match; empty for any name.</summary>
    public string UsernamePattern { get; set; } = "";

    /// <summary>Ask for a code of a second factor in the sign-in form.</summary>
    public bool RequestOtp { get; set; }

    /// <summary>What the field for that code is called.</summary>
    public string OtpPrompt { get; set; } = "OTP:";

    /// <summary>Leave the sign-in page out and go straight to the only redirect login; signing out ends on a page that says so.</summary>
    public bool AutoLogin { get; set; }

    /// <summary>Send people whom an OAuth client sends to the hub straight to the only redirect login.</summary>
    public bool AutoLoginOauth2Authorize { get; set; }
}
