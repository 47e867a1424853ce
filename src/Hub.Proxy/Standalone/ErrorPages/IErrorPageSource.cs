using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Standalone.ErrorPages;

/// <summary>Somewhere that error pages come from.</summary>
internal interface IErrorPageSource
{
    /// <summary>The page for a status; null when there is none to be had.</summary>
    Task<ErrorContent?> FindAsync(HttpContext context, int status);
}
