namespace JupyterHub.AspNetCore.Pages.Admin.Lists;

/// <summary>The way to the other pages of a list; shown by <c>_Pager</c>.</summary>
/// <param name="Address">What is shown now.</param>
/// <param name="Shown">Items on this page.</param>
/// <param name="Total">Items on all pages; null where nobody counted them.</param>
/// <param name="HasMore">There is a next page, where nobody counted.</param>
internal sealed record PagerView(ListAddress Address, int Shown, int? Total, bool HasMore = false)
{
    /// <summary>Number of the last page; null where nobody counted.</summary>
    public int? Last => Total is { } total ? Math.Max(1, (total + Address.Size - 1) / Address.Size) : null;

    public int First => Address.Offset + 1;

    /// <summary>The page before; from behind the end that is the last one.</summary>
    public int? Previous => Address.Page == 1 ? null : Math.Min(Address.Page - 1, Last ?? int.MaxValue);

    public int? Next => (Last is { } last ? Address.Page < last : HasMore) ? Address.Page + 1 : null;
}
