using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone.ErrorPages;

/// <summary>Error pages in a folder: <c>404.html</c>, <c>503.html</c>, and <c>error.html</c> for whatever has no page of its own.</summary>
internal sealed class ErrorFolder(string folder, ILogger<ErrorFolder> logger) : IErrorPageSource
{
    private const int Longest = 4 * 1024 * 1024;

    public async Task<ErrorContent?> FindAsync(HttpContext context, int status) =>
        await ReadAsync(status.ToString(CultureInfo.InvariantCulture) + ".html", context.RequestAborted) ?? await ReadAsync("error.html", context.RequestAborted);

    // Read each time: pages may change, and failures are no hot path.
    private async Task<ErrorContent?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var file = new FileInfo(Path.Combine(folder, name));
        if (!file.Exists)
        {
            return null;
        }

        if (file.Length > Longest)
        {
            Log.PageTooLong(logger, name);
            return null;
        }

        try
        {
            return new ErrorContent(await File.ReadAllBytesAsync(file.FullName, cancellationToken), "text/html");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Log.PageUnreadable(logger, name, problem.Message);
            return null;
        }
    }
}
