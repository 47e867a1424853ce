using Microsoft.AspNetCore.Authentication.OAuth;

namespace JupyterHub.OpenIdConnect;

/// <summary>What the platform's handler needs, and the login that it works for.</summary>
internal sealed class ProviderOptions : OAuthOptions
{
    public ProviderLogin Login { get; init; } = null!;
}
