using JupyterHub.Core.Configuration;

namespace JupyterHub.Core.Authentication;

/// <summary>Settings of the <c>shared-password</c> authenticator. A password that is not set here is made up on the first run.</summary>
public sealed class SharedPasswordOptions : AuthenticatorOptions
{
    /// <summary>Password of the users in <see cref="AuthenticatorOptions.AdminUsers"/>; at least 32 characters.</summary>
    public HubSecret? AdminPassword { get; set; }

    /// <summary>Password of everybody else; at least 8 characters.</summary>
    public HubSecret? UserPassword { get; set; }
}
