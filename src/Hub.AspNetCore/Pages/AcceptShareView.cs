using JupyterHub.Core.Shares;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>An invitation as its page shows it.</summary>
/// <param name="Code">The code that was presented.</param>
/// <param name="Invitation">What it invites to.</param>
/// <param name="Next">Where to go afterwards instead of to the server, if the link said so.</param>
internal sealed record AcceptShareView(string Code, ShareInvitation Invitation, string? Next);
