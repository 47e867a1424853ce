namespace JupyterHub.AspNetCore.Pages.Admin.Lists;

/// <summary>What can be asked of a list in its address.</summary>
/// <param name="Path">Where the list is, below the hub's path: <c>admin/users</c>.</param>
/// <param name="Sorts">By what it can be sorted; the first, with its sign, is meant where the address says nothing.</param>
/// <param name="Filters">The filters by their names, each with its values; null for one that takes any text.</param>
internal sealed record ListShape(string Path, IReadOnlyList<string> Sorts, IReadOnlyDictionary<string, IReadOnlyList<string>?> Filters);
