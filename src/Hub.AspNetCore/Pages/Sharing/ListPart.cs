using System.Globalization;
using JupyterHub.AspNetCore.Requests;

namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>One page of a list; its number stands in the address. What is no number there means the first page.</summary>
/// <param name="Path">The page's address without its query.</param>
/// <param name="Parameter">The query parameter with the number.</param>
/// <param name="Page">The number, from 1.</param>
internal sealed record ListPart(string Path, string Parameter, int Page)
{
    public const int Size = 25;

    /// <summary>Far behind the end of any list; its offset is a number still.</summary>
    private const int LastPage = 1_000_000;

    public int Total { get; init; }

    public int Offset => (Page - 1) * Size;

    public int Last => Math.Max(1, (Total + Size - 1) / Size);

    public string? PreviousUrl => Page > 1 ? UrlOf(Math.Min(Page - 1, Last)) : null;

    public string? NextUrl => Page < Last ? UrlOf(Page + 1) : null;

    /// <summary>The address of this part.</summary>
    public string Url => UrlOf(Page);

    public static ListPart Of(HubRequest request, string path, string parameter) => new(
        path, parameter, int.TryParse(request.Query(parameter), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, LastPage) : 1);

    private string UrlOf(int page) =>
        page == 1 ? Path : string.Create(CultureInfo.InvariantCulture, $"{Path}{(Path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Parameter}={page}");
}
