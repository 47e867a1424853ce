using JupyterHub.AspNetCore.Api;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Shares;
using JupyterHub.Core.Users;
using JupyterHub.Rbac.Permissions;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>With whom one server is shared, and the forms that change that.</summary>
internal sealed class ServerModel(
    ShareListing listing, ShareCodes codes, RecipientNames names, UserReader users, ServerPermissions permissions, PageTexts texts) : HubPageModel
{
    private SharingTarget target = null!;

    public ServerName Server => target.Server;

    public string Path => target.Path;

    /// <summary>Where forms are sent: they come back to the same part of the lists.</summary>
    public string Action => target.LocationOf(Hub);

    public Sentence Title => ServerTitle.Of(Server, Hub.Known.Name, texts);

    public bool IsOwner => Server.Owner == Hub.Known.Name;

    public bool MayShare => Allows("shares", Server.Resource);

    public bool MayNamePeople => RecipientNames.MayName(Hub.Known, isGroup: false);

    public bool MayNameGroups => RecipientNames.MayName(Hub.Known, isGroup: true);

    public bool MayName => MayNamePeople || MayNameGroups;

    public SharePage<ShareDetails> Shares { get; private set; } = new([], 0);

    public ListPart SharesPart { get; private set; } = null!;

    public SharePage<ShareCodeDetails> Codes { get; private set; } = new([], 0);

    public ListPart CodesPart { get; private set; } = null!;

    /// <summary>Names to choose from, for browsers without scripts too; others can be typed.</summary>
    public IReadOnlyList<string> People { get; private set; } = [];

    public IReadOnlyList<string> Groups { get; private set; } = [];

    public SharingAttempt Attempt => HttpContext.Features.Get<SharingAttempt>() ?? new SharingAttempt { Status = 200, IsGroup = !MayNamePeople, Scopes = [ServerPermissions.Access] };

    public MadeLink? Made => HttpContext.Features.Get<MadeLink>();

    public string NamesUrl => HubPath + "sharing-names";

    public IReadOnlyList<string> Describe(IEnumerable<string> scopes) => permissions.Describe(scopes);

    public string UsesUrl(ShareCodeDetails code) => $"{Path}?link={code.PublicId}";

    public static ShareRecipient RecipientOf(ShareDetails share) => new(share.Group is not null, share.Group ?? share.User ?? "");

    /// <summary>The permissions of the form for new recipients, or of the one for links.</summary>
    public PermissionFieldView NewPermissions(bool isLink) => new(
        isLink ? "link" : "share",
        isLink ? texts["What may they do who accept it?"] : texts["What may they do?"],
        permissions.Choices(Hub.Known, Server, Attempt.IsLink == isLink ? Attempt.Scopes : [ServerPermissions.Access]),
        Attempt.IsLink == isLink ? Attempt.ScopesError : null);

    /// <summary>More can be given only to somebody whom the visitor may know of.</summary>
    public PermissionFieldView PermissionsOf(ShareDetails share, int index)
    {
        var recipient = RecipientOf(share);
        var resource = recipient.IsGroup ? Resource.Group(recipient.Name) : Resource.User(recipient.Name);
        return new PermissionFieldView($"change-{index}", texts["What may they do?"], permissions.Choices(Hub.Known, Server, share.Scopes, Allows(recipient.ReadScope, resource)));
    }

    public async Task<IActionResult> OnGetAsync()
    {
        target = SharingTarget.Of(Hub);
        (SharesPart, CodesPart) = (ListPart.Of(Hub, Path, SharingTarget.RecipientPage), ListPart.Of(Hub, Path, SharingTarget.LinkPage));
        if (await listing.OfServerAsync(Server, SharesPart.Offset, ListPart.Size, Hub.Aborted) is { } shares)
        {
            Shares = shares;
            Codes = await codes.OfServerAsync(Server, CodesPart.Offset, ListPart.Size, Hub.Aborted) ?? Codes;
        }
        else if (Server.Name.Length > 0 || await users.FindAsync(Server.Owner, Hub.Aborted) is null)
        {
            throw ShareAnswers.UnknownServer(Server);
        }

        (SharesPart, CodesPart) = (SharesPart with { Total = Shares.Total }, CodesPart with { Total = Codes.Total });
        if (MayShare)
        {
            People = await names.FindAsync(Hub.Known, isGroup: false, "", RecipientSuggestions.Most, Hub.Aborted);
            Groups = await names.FindAsync(Hub.Known, isGroup: true, "", RecipientSuggestions.Most, Hub.Aborted);
        }

        return PageWith(Attempt.Status);
    }

    /// <summary>After a form: with what has to be corrected, or with the new link.</summary>
    public Task<IActionResult> OnPostAsync() => OnGetAsync();
}
