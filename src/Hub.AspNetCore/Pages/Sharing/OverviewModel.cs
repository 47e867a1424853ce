using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Shares;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>What the visitor shares, what is shared with them, and whose sharing they look after.</summary>
internal sealed class OverviewModel(ShareOverview overview, ShareListing listing, ServerPermissions permissions, ServerSupervisor supervisor, PageTexts texts) : HubPageModel
{
    private static readonly SharePage<SharedServer> NoServers = new([], 0);

    public string Visitor => Hub.Known.Name;

    public string Path => HubPath + "sharing";

    public SharePage<SharedServer> Own { get; private set; } = NoServers;

    public ListPart OwnPart { get; private set; } = null!;

    /// <summary>Servers of others; none where the visitor looks after their own only.</summary>
    public SharePage<SharedServer> Others { get; private set; } = NoServers;

    public ListPart OthersPart { get; private set; } = null!;

    /// <summary>What is shared with the visitor; null if they may not know.</summary>
    public SharePage<ShareDetails>? Received { get; private set; }

    public ListPart ReceivedPart { get; private set; } = null!;

    public bool MayReadOwn => Allows("read:shares", Resource.User(Visitor));

    /// <summary>True if the visitor may share any of the servers that are listed as theirs.</summary>
    public bool MayShareOwn => Own.Items.Any(row => MayShare(row.Server));

    public bool MayLeave => Allows("users:shares", Resource.User(Visitor));

    public bool MayShare(ServerName server) => Allows("shares", server.Resource);

    public bool MayRead(ServerName server) => Allows("read:shares", server.Resource);

    public string PageOf(ServerName server) => SharingTarget.PathOf(Hub, server);

    public string AddressOf(ServerName server) => PathNames.ServerPath(Hub.Addresses.BasePath, server.Owner, server.Name);

    public bool IsRunning(ServerName server) => supervisor.GetStatus(server.Owner, server.Name).IsReady;

    public IReadOnlyList<string> Describe(ShareDetails share) => permissions.Describe(share.Scopes);

    /// <summary>How others know the server.</summary>
    public string NameOf(ServerName server) => server.Name.Length == 0 ? texts["Default server of {0}", server.Owner] : texts["{0} of {1}", server.Name, server.Owner];

    /// <summary>How the owner knows the server.</summary>
    public string LabelOf(SharedServer server) =>
        server.Server.Name.Length == 0 ? texts["Default server"] : server.DisplayName is { Length: > 0 } name ? name : server.Server.Name;

    public string LinksOf(SharedServer server) => server.Codes switch { 0 => "", 1 => texts["1 link"], var count => texts["{0} links", count] };

    public async Task OnGetAsync()
    {
        (OwnPart, OthersPart, ReceivedPart) = (ListPart.Of(Hub, Path, "page"), ListPart.Of(Hub, Path, "others"), ListPart.Of(Hub, Path, "received"));
        Own = WithDefault(await overview.OfOwnerAsync(Visitor, OwnPart.Offset, ListPart.Size, Hub.Aborted));
        Others = await overview.OfOthersAsync(Hub.Known, OthersPart.Offset, ListPart.Size, Hub.Aborted);
        if (Allows("read:users:shares", Resource.User(Visitor)))
        {
            Received = await listing.WithUserAsync(Visitor, ReceivedPart.Offset, ListPart.Size, Hub.Aborted);
        }

        OwnPart = OwnPart with { Total = Own.Total };
        OthersPart = OthersPart with { Total = Others.Total };
        ReceivedPart = ReceivedPart with { Total = Received?.Total ?? 0 };
    }

    /// <summary>Everybody has a default server, also before it ran for the first time; by its name it is the first.</summary>
    private SharePage<SharedServer> WithDefault(SharePage<SharedServer> own) => OwnPart.Page > 1 || own.Items.Any(row => row.Server.Name.Length == 0)
        ? own
        : own with { Items = [new SharedServer(new ServerName(Visitor, ""), null, [], 0, 0), .. own.Items] };
}
