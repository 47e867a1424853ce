namespace JupyterHub.AspNetCore.Pages.Admin.Lists;

/// <summary>The header of a column by which a list can be sorted; shown by <c>_SortHeader</c>.</summary>
/// <param name="Address">What is shown now.</param>
/// <param name="Sort">The column's name in the address.</param>
/// <param name="Text">What it is called.</param>
/// <param name="IsDescendingFirst">The first press sorts downwards: the latest first.</param>
internal sealed record SortHeader(ListAddress Address, string Sort, string Text, bool IsDescendingFirst = false)
{
    public bool IsCurrent => Address.Sort == Sort;

    /// <summary>For <c>aria-sort</c>; null where the list is sorted by something else.</summary>
    public string? Direction => !IsCurrent ? null : Address.IsDescending ? "descending" : "ascending";

    public string Mark => !IsCurrent ? "" : Address.IsDescending ? "▾" : "▴";

    public string Url => Address.UrlOfOrder((IsCurrent ? !Address.IsDescending : IsDescendingFirst) ? "-" + Sort : Sort);
}
