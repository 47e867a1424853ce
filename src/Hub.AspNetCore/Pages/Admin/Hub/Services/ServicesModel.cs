using JupyterHub.AspNetCore.Pages.Admin.Lists;
using JupyterHub.Core.Services;
using JupyterHub.Rbac.Permissions;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Services;

/// <summary>The services that somebody may list, and a form for a new one.</summary>
internal sealed class ServicesModel(ServiceListing services, ServiceHealth health) : AdminPageModel
{
    private static readonly ListShape Shape = new("admin/services", ["name"], new Dictionary<string, IReadOnlyList<string>?> { ["search"] = null });
    private Dictionary<int, DateTime> lastSeen = [];

    public ListAddress List { get; private set; } = null!;

    public IReadOnlyList<HubService> Items { get; private set; } = [];

    public int Total { get; private set; }

    public PagerView Pager => new(List, Items.Count, Total);

    public bool MayCreate => Hub.Known.Authority.Permissions.Holds("admin:services");

    public static bool IsConfigured(HubService service) => service.FromConfig != false;

    public ServiceFields VisibleOf(HubService service) => VisibleFields.OfService(Hub.Known.Authority.Permissions, service.Name, Hub.Known.Authority.Membership);

    public bool MayDelete(HubService service) => !IsConfigured(service) && Allows("admin:services", Resource.Service(service.Name));

    /// <summary>The path below which browsers reach it; null if they do not.</summary>
    public string? PathOf(HubService service) => string.IsNullOrEmpty(service.Url) ? null : ServiceRoutes.PrefixOf(Hub.Addresses, service.Name);

    public bool? Answers(HubService service) => health.Answers(service.Name);

    /// <summary>When its tokens were used last, for who may read about them.</summary>
    public DateTime? LastSeen(HubService service) =>
        Allows("read:tokens", Resource.Service(service.Name)) && lastSeen.TryGetValue(service.Id, out var time) ? time : null;

    protected override async Task<IActionResult> ShowAsync()
    {
        List = ListAddress.Of(Hub, Shape);
        var all = await services.ListAsync(Hub.Known.Authority.Permissions.FiltersOf("list:services"), Hub.Aborted);
        var found = all.Where(service => service.Name.Contains(List["search"], StringComparison.OrdinalIgnoreCase)).OrderBy(service => service.Name, StringComparer.Ordinal).ToList();
        (Total, Items) = (found.Count, [.. found.Skip(List.Offset).Take(List.Size)]);
        lastSeen = await services.LastSeenAsync(Hub.Aborted);
        return Page();
    }
}
