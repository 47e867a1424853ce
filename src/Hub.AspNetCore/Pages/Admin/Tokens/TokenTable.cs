using JupyterHub.AspNetCore.Pages.Admin.Lists;

namespace JupyterHub.AspNetCore.Pages.Admin.Tokens;

/// <summary>A table of tokens; shown by <c>_TokenTable</c>.</summary>
/// <param name="Rows">The tokens.</param>
/// <param name="Address">Where the table can be sorted; null where it is about one owner, who is not repeated then.</param>
internal sealed record TokenTable(IReadOnlyList<TokenRow> Rows, ListAddress? Address);
