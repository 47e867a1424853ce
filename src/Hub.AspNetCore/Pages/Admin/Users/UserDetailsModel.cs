using System.Text.Encodings.Web;
using System.Text.Json;
using JupyterHub.AspNetCore.Authorization;
using JupyterHub.AspNetCore.Pages.Admin.Tokens;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Roles.Reading;
using JupyterHub.Core.Shares;
using JupyterHub.Core.Tokens.Listing;
using JupyterHub.Core.Users;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages.Admin.Users;

/// <summary>Everything about one user that the viewer's scopes show.</summary>
internal sealed class UserDetailsModel(
    UserReader users, UserRows rows, HeldRoleReader roles, TokenListing tokens, TokenRows tokenRows, ShareListing shares, PageTexts texts) : HubPageModel
{
    private const int MostTokens = 25;
    private const int MostShares = 50;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Resource resource;

    public UserRow Row { get; private set; } = null!;

    /// <summary>The default server and the named ones.</summary>
    public IReadOnlyList<AdminServerView> Servers => [Row.Default, .. Row.Named];

    public bool ShowsServers => Row.Default.State is not null || Row.Default.HasActions || Row.Named.Count > 0;

    /// <summary>Null if the viewer may not know.</summary>
    public IReadOnlyList<HeldRole>? Roles { get; private set; }

    /// <summary>What the authenticator told, as JSON; null if there is nothing, or the viewer may not know.</summary>
    public string? UserInfo { get; private set; }

    public bool CanSeeTokens => AdminGate.Allows(Hub, resource, "read:tokens");

    public IReadOnlyList<TokenRow> Tokens { get; private set; } = [];

    public bool HasMoreTokens { get; private set; }

    public string AllTokensUrl => $"{HubPath}admin/tokens?owner={Uri.EscapeDataString(Row.Name)}";

    public bool CanSeeShares => AdminGate.Allows(Hub, resource, "read:shares");

    public SharePage<ShareDetails> Shares { get; private set; } = new([], 0);

    public bool CanEdit => AdminGate.Allows(Hub, resource, "admin:users") && (Hub.Known.MayMakeAdmins || !IsAdministrator);

    public bool CanDelete => AdminGate.Allows(Hub, resource, "delete:users") && Row.Name != Hub.Known.Name;

    public bool CanSignOut => AdminGate.Allows(Hub, resource, "admin:users", "tokens") && (Hub.Known.Admin || !IsAdministrator || Row.IsViewer);

    public bool CanAskAboutAccess => Hub.Known.Authority.Permissions.Holds("read:roles");

    public string AccessUrl => $"{HubPath}admin/access?user={Uri.EscapeDataString(Row.Name)}";

    public string UrlOf(string userName) => rows.UrlOf(userName);

    /// <summary>Only administrators touch administrators; the flag itself is not to be told to whoever may not see it.</summary>
    private bool IsAdministrator { get; set; }

    public async Task OnGetAsync()
    {
        AdminGate.RequireForUser(Hub, AdminGate.ReadsUser);
        var name = Hub.Value("user");
        resource = Resource.User(name);
        var user = await users.FindAsync(name, Hub.Aborted) ?? throw UserActions.NoSuchUser(name);
        var seen = VisibleFields.OfUser(Hub.Known.Authority.Permissions, name, Hub.Known.Authority.Membership);
        Row = rows.Of(user, Hub.Known);
        IsAdministrator = user.Admin;
        UserInfo = seen.HasFlag(UserFields.UserInfo) && user.UserInfo is { Count: > 0 } info ? info.ToJsonString(Readable) : null;
        Roles = seen.HasFlag(UserFields.Roles) ? await roles.OfUserAsync(user.Id, Hub.Aborted) : null;
        if (CanSeeTokens)
        {
            var page = await tokens.ListAsync(new TokenQuery { User = name, IsDescending = true, Limit = MostTokens }, Hub.Known.Authority, Hub.Aborted);
            (Tokens, HasMoreTokens) = ([.. page.Tokens.Select(token => tokenRows.Of(token, Hub.Known))], page.HasMore);
        }

        if (CanSeeShares)
        {
            Shares = await shares.OfOwnerAsync(name, 0, MostShares, Hub.Aborted) ?? Shares;
        }
    }

    /// <summary>Where a role comes from, for people.</summary>
    public string OriginOf(HeldRole role) => role.Origin switch
    {
        RoleOrigins.Configuration => texts["configuration"],
        RoleOrigins.Authenticator => texts["authenticator"],
        _ => RoleCreators.Shown(role.Creator, Hub.Known) is { } creator ? texts["given by {0}", creator] : texts["given at run time"],
    };
}
