using JupyterHub.Core.Users;

namespace JupyterHub.Core.Authentication;

/// <summary>A sign-in that a request proved with its cookie.</summary>
/// <param name="User">The row as it stands now, shared with other requests: nobody may change it.</param>
/// <param name="Digest">Names this sign-in in <c>hub_revoked_logins</c>.</param>
/// <param name="ExpiresAt">When the hub stops believing the cookie.</param>
internal sealed record Login(HubUser User, string Digest, DateTimeOffset ExpiresAt);
