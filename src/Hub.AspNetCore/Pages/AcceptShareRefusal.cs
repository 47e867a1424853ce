using JupyterHub.Core.Shares;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Why an invitation cannot be accepted.</summary>
/// <param name="Status">The status of the answer (contract 9).</param>
/// <param name="Reason">Why, in short.</param>
/// <param name="OwnServer">The visitor's own server, where that is the reason; null for codes that are none any more, which look all the same.</param>
internal sealed record AcceptShareRefusal(int Status, string Reason, ServerName? OwnServer);
