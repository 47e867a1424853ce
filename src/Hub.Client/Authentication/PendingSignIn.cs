namespace JupyterHub.Client.Authentication;

/// <summary>A sign-in on its way through the hub: what comes back, the secret half of PKCE, and where to go on.</summary>
internal sealed record PendingSignIn(string State, string Verifier, string Next);
