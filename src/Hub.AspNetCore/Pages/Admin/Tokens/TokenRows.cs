using JupyterHub.AspNetCore.Pages.Admin.Users;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Tokens.Listing;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages.Admin.Tokens;

/// <summary>Shows tokens to whoever may see them.</summary>
internal sealed class TokenRows(UserRows users, HubAddresses addresses, PageTexts texts)
{
    private const int MostInLine = 2;

    public TokenRow Of(TokenSummary token, Requester viewer) => new()
    {
        Id = $"a{token.Id}",
        Owner = token.Owner,
        IsUsers = token.IsUsers,
        OwnerUrl = token.IsUsers ? users.UrlOf(token.Owner) : null,
        Note = token.Note,
        Kind = KindOf(token),
        Summary = SummaryOf(token.Scopes),
        Scopes = token.Scopes is ["inherit"] || token.Scopes.Count <= MostInLine ? [] : token.Scopes,
        Created = token.Created,
        LastUse = token.LastUse,
        Expires = token.Expires,
        RevokeAction = viewer.Allows("tokens", OwnerOf(token)) ? $"{addresses.HubPath}admin/tokens/a{token.Id}/revoke" : null,
    };

    public static Resource OwnerOf(TokenSummary token) => token.IsUsers ? Resource.User(token.Owner) : Resource.Service(token.Owner);

    private string KindOf(TokenSummary token) => token switch
    {
        { ClientId: null, IsServers: true } => texts["token of a server"],
        { ClientId: null } => texts["API token"],
        { ClientName.Length: > 0 } => token.ClientName,
        _ => token.ClientId,
    };

    private string SummaryOf(IReadOnlyList<string> scopes)
    {
        if (scopes.Contains("inherit"))
        {
            return texts["everything that the owner may do"];
        }

        return scopes.Count switch
        {
            0 => texts["none besides the owner's identity"],
            <= MostInLine => string.Join(", ", scopes),
            _ => texts["{0} and {1} more", string.Join(", ", scopes.Take(MostInLine)), scopes.Count - MostInLine],
        };
    }
}
