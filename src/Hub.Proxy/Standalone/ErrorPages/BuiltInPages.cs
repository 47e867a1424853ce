using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace JupyterHub.Proxy.Standalone.ErrorPages;

/// <summary>Small pages for a proxy whose operator brings none.</summary>
internal static class BuiltInPages
{
    private static readonly ConcurrentDictionary<int, ErrorContent> Pages = new();

    public static ErrorContent For(int status) => Pages.GetOrAdd(status, Make);

    private static ErrorContent Make(int status)
    {
        var title = WebUtility.HtmlEncode($"{status}: {ReasonPhrases.GetReasonPhrase(status)}");
        var html = $"""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>{title}</title></head>
            <body><h1>{title}</h1><p>{Explain(status)}</p></body>
            </html>

            """;
        return new ErrorContent(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8");
    }

    private static string Explain(int status) => status switch
    {
        400 => "The request could not be understood.",
        404 => "Nothing is served at this address.",
        503 => "The server behind this address does not answer. It may have stopped.",
        504 => "The server behind this address took too long to answer.",
        508 => "The server behind this address leads back to this proxy.",
        _ => "The request could not be completed.",
    };
}
