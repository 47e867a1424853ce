using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Workspace.Pages;

/// <summary>The frame of every page. Values in a <see cref="FormattableString"/> are encoded, markup in it is not.</summary>
internal static class Layout
{
    public static IHtmlContent Html(FormattableString text) => new HtmlFormattableString(text.Format, text.GetArguments());

    public static IHtmlContent Each(IEnumerable<string> values, Func<string, FormattableString> item)
    {
        var builder = new HtmlContentBuilder();
        foreach (var value in values)
        {
            builder.AppendHtml(Html(item(value)));
        }

        return builder;
    }

    public static IResult Page(WorkspaceSettings settings, int status, string title, FormattableString body)
    {
        var page = Html($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title}</title>
            <link rel="icon" href="{settings.Prefix}assets/icon.svg">
            <link rel="stylesheet" href="{settings.Prefix}assets/workspace.css">
            <script src="{settings.Prefix}assets/workspace.js" defer></script>
            </head>
            <body>
            <header>
            <a class="brand" href="{settings.Prefix}"><img src="{settings.Prefix}assets/icon.svg" alt="" width="28" height="28"> Workspace</a>
            <nav><a href="{settings.Links.Home}">Hub home</a> <a href="{settings.Links.SignOut}">Sign out</a></nav>
            </header>
            <main>
            {Html(body)}
            </main>
            </body>
            </html>

            """);
        using var writer = new StringWriter();
        page.WriteTo(writer, HtmlEncoder.Default);
        return Results.Content(writer.ToString(), "text/html; charset=utf-8", statusCode: status);
    }
}
