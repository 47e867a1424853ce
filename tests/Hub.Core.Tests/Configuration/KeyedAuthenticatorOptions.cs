using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;

namespace JupyterHub.Core.Tests.Configuration;

public sealed class KeyedAuthenticatorOptions : AuthenticatorOptions
{
    public HubSecret? Password { get; set; }
}
