namespace JupyterHub.AspNetCore.Xsrf;

/// <summary>The token that forms and scripts of this answer carry.</summary>
internal sealed record XsrfState(string Token);
