namespace JupyterHub.Core.ActivityTracking;

/// <summary>What became of a report; nothing was written unless the user and all its servers exist.</summary>
/// <param name="UserExists">False if there is no such user.</param>
/// <param name="UnknownServer">The first server that the user does not have.</param>
internal sealed record ActivityReportOutcome(bool UserExists, string? UnknownServer);
