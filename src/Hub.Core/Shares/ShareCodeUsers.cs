namespace JupyterHub.Core.Shares;

/// <summary>Who used a share code.</summary>
/// <param name="Code">The code.</param>
/// <param name="Users">A part of those whose names may be read.</param>
/// <param name="Hidden">How many others there are.</param>
internal sealed record ShareCodeUsers(ShareCodeDetails Code, SharePage<ShareCodeUser> Users, int Hidden);
