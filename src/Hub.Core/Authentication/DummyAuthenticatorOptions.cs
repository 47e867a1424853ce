using JupyterHub.Core.Configuration;

namespace JupyterHub.Core.Authentication;

/// <summary>Settings of the <c>dummy</c> authenticator, which is for tests and trials.</summary>
public sealed class DummyAuthenticatorOptions : AuthenticatorOptions
{
    /// <summary>One password for everybody. Without one anybody may be anyone, which is refused unless the hub listens on the loopback address only.</summary>
    public HubSecret? Password { get; set; }
}
