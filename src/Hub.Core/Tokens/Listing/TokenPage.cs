namespace JupyterHub.Core.Tokens.Listing;

/// <summary>A page of tokens.</summary>
/// <param name="Tokens">The tokens.</param>
/// <param name="Total">How many there are on all pages; null if they are more than anybody counts.</param>
/// <param name="HasMore">There is a next page.</param>
internal sealed record TokenPage(IReadOnlyList<TokenSummary> Tokens, int? Total, bool HasMore);
