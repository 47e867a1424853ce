namespace Workspace.SignIn;

/// <summary>A sign-in on its way through the hub: what came, where to go on, and the secret half of PKCE.</summary>
internal sealed record PendingSignIn(string State, string Verifier, string Next);
