namespace JupyterHub.Core.Shares;

/// <summary>One server and with whom it is shared.</summary>
/// <param name="Server">The server.</param>
/// <param name="DisplayName">What its owner calls it; null where that is its name.</param>
/// <param name="First">The first few recipients.</param>
/// <param name="Recipients">How many recipients there are.</param>
/// <param name="Codes">How many invitations can still be accepted.</param>
internal sealed record SharedServer(ServerName Server, string? DisplayName, IReadOnlyList<ShareRecipient> First, int Recipients, int Codes);
