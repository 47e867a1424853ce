using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Admin.Lists;
using JupyterHub.Core.Tokens.Listing;

namespace JupyterHub.AspNetCore.Pages.Admin.Tokens;

/// <summary>Everybody's tokens, as far as the viewer may see them, a page at a time.</summary>
internal sealed class TokenListModel(TokenListing tokens, TokenRows rows) : HubPageModel
{
    private const string OwnerFilter = "owner";
    private const string NoteFilter = "note";
    private const string UseFilter = "use";

    private static readonly ListShape Shape = new(
        "admin/tokens",
        ["-last_used", "created", "expires"],
        new Dictionary<string, IReadOnlyList<string>?>(StringComparer.Ordinal) { [OwnerFilter] = null, [NoteFilter] = null, [UseFilter] = ["never", "long-ago", "no-expiry"] });

    public ListAddress Address { get; private set; } = null!;

    public IReadOnlyList<TokenRow> Rows { get; private set; } = [];

    public PagerView Pager { get; private set; } = null!;

    public string Owner => Address[OwnerFilter];

    public string Note => Address[NoteFilter];

    public string Use => Address[UseFilter];

    public async Task OnGetAsync()
    {
        if (!Hub.Known.Authority.Permissions.Holds("read:tokens"))
        {
            throw new HubHttpException(403, "Action is not authorized with current scopes; requires any of [read:tokens]") { RequiredScopes = ["read:tokens"] };
        }

        Address = ListAddress.Of(Hub, Shape);
        var page = await tokens.ListAsync(Query(), Hub.Known.Authority, Hub.Aborted);
        Rows = [.. page.Tokens.Select(token => rows.Of(token, Hub.Known))];
        Pager = new PagerView(Address, Rows.Count, page.Total, page.HasMore);
    }

    private TokenQuery Query() => new()
    {
        Owner = Owner,
        Note = Note,
        Use = Use switch
        {
            "never" => TokenUse.NeverUsed,
            "long-ago" => TokenUse.UnusedForLong,
            "no-expiry" => TokenUse.NeverExpires,
            _ => TokenUse.Any,
        },
        Sort = Address.Sort switch
        {
            "created" => TokenSort.Created,
            "expires" => TokenSort.Expires,
            _ => TokenSort.LastUse,
        },
        IsDescending = Address.IsDescending,
        Offset = Address.Offset,
        Limit = Address.Size,
    };
}
