namespace JupyterHub.Core.Shares;

/// <summary>What somebody is invited to who presents a share code.</summary>
/// <param name="Server">The server.</param>
/// <param name="OwnerId">Its owner, who cannot accept.</param>
/// <param name="Scopes">What the share will give.</param>
internal sealed record ShareInvitation(ServerName Server, int OwnerId, IReadOnlyList<string> Scopes)
{
    /// <summary>True if the one who looks at it holds all of it already, by a share of their own.</summary>
    public bool IsAccepted { get; init; }
}
