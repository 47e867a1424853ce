using System.Globalization;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.OAuth;

namespace JupyterHub.AspNetCore.Pages.Admin.Lists;

/// <summary>
/// Which part of a list is shown, in which order: all of it stands in the address, so that it can be linked and kept. What makes no sense
/// there is as good as absent.
/// </summary>
internal sealed class ListAddress
{
    private const int DefaultSize = 50;
    private const int LongestFilter = 255;

    /// <summary>Far behind the end of any list; its offset is a number still.</summary>
    private const int LastPage = 10_000_000;

    private readonly ListShape shape;
    private readonly string path;
    private readonly Dictionary<string, string> filters;

    private ListAddress(ListShape shape, string path, Dictionary<string, string> filters) => (this.shape, this.path, this.filters) = (shape, path, filters);

    /// <summary>How many items a page may have.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [25, 50, 100, 200];

    /// <summary>By what the list is sorted.</summary>
    public required string Sort { get; init; }

    public required bool IsDescending { get; init; }

    /// <summary>The page, from 1.</summary>
    public required int Page { get; init; }

    /// <summary>Most items of a page.</summary>
    public required int Size { get; init; }

    public int Offset => (Page - 1) * Size;

    /// <summary>True if the address asks for a part of the items only.</summary>
    public bool IsFiltered => filters.Count > 0;

    /// <summary>The order as the address writes it.</summary>
    public string Order => IsDescending ? "-" + Sort : Sort;

    /// <summary>This page's own address.</summary>
    public string Url => UrlOfPage(Page);

    /// <summary>The list without any filter, in the same order.</summary>
    public string UnfilteredUrl => UrlOf([], Order, 1);

    /// <summary>The value of a filter; empty where it is not used.</summary>
    public string this[string filter] => filters.GetValueOrDefault(filter, "");

    public static ListAddress Of(HubRequest request, ListShape shape)
    {
        var filters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in shape.Filters)
        {
            if (request.Query(name) is { Length: > 0 and <= LongestFilter } value && !value.Contains('\0') && (values is null || values.Contains(value)))
            {
                filters[name] = value;
            }
        }

        var asked = request.Query("sort") ?? "";
        var sort = shape.Sorts.Any(one => NameOf(one) == NameOf(asked)) ? asked : shape.Sorts[0];
        var size = Number(request.Query("size"));
        return new ListAddress(shape, request.Addresses.HubPath + shape.Path, filters)
        {
            Sort = NameOf(sort),
            IsDescending = sort.StartsWith('-'),
            Page = Math.Clamp(Number(request.Query("page")), 1, LastPage),
            Size = Sizes.Contains(size) ? size : DefaultSize,
        };
    }

    public string UrlOfPage(int page) => UrlOf(filters, Order, page);

    /// <summary>The list in another order, from its beginning.</summary>
    public string UrlOfOrder(string order) => UrlOf(filters, order, 1);

    private static string NameOf(string order) => order.StartsWith('-') ? order[1..] : order;

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private string UrlOf(IEnumerable<KeyValuePair<string, string>> kept, string order, int page)
    {
        var query = kept.ToList();
        if (order != shape.Sorts[0])
        {
            query.Add(new("sort", order));
        }

        if (Size != DefaultSize)
        {
            query.Add(new("size", Size.ToString(CultureInfo.InvariantCulture)));
        }

        if (page > 1)
        {
            query.Add(new("page", page.ToString(CultureInfo.InvariantCulture)));
        }

        return FormEncoding.AppendToQuery(path, query);
    }
}
