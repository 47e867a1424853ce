using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Shares;

namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>Who accepted a link, and when.</summary>
internal sealed class LinkUsesModel(ShareCodeUses uses, ServerPermissions permissions, PageTexts texts) : HubPageModel
{
    private SharingTarget target = null!;

    public string Path => target.Path;

    public Sentence Title => ServerTitle.Of(target.Server, Hub.Known.Name, texts);

    public ShareCodeUsers Uses { get; private set; } = null!;

    public ListPart Part { get; private set; } = null!;

    public IReadOnlyList<string> Permissions => permissions.Describe(Uses.Code.Scopes);

    public string Count => Uses.Code.ExchangeCount switch
    {
        0 => texts["Nobody has accepted this link yet."],
        1 => texts["It was accepted once."],
        var times => texts["It was accepted {0} times.", times],
    };

    /// <summary>About people whose names the visitor may not read; null if there are none.</summary>
    public string? Hidden => Uses.Hidden switch
    {
        0 => null,
        1 => texts["1 person accepted it whose name you may not read."],
        var count => texts["{0} people accepted it whose names you may not read.", count],
    };

    /// <summary>Uses can be older than the notes of who it was, or another program's.</summary>
    public bool IsUnrecorded => Uses.Code.ExchangeCount > 0 && Uses.Users.Total + Uses.Hidden == 0;

    public async Task OnGetAsync()
    {
        target = SharingTarget.Of(Hub);
        var id = Hub.Query("link");
        Part = ListPart.Of(Hub, $"{Path}?link={Uri.EscapeDataString(id ?? "")}", "page");
        Uses = ShareCodeDetails.ParseId(id) is { } number && await uses.ListAsync(target.Server, number, Hub.Known.Authority, Part.Offset, ListPart.Size, Hub.Aborted) is { } found
            ? found
            : throw HubHttpException.NotFound("There is no such link any more.");
        Part = Part with { Total = Uses.Users.Total };
    }
}
