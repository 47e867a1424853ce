using System.Globalization;
using JupyterHub.AspNetCore.Api;
using JupyterHub.Core.Announcements;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Spawning;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.State;

/// <summary>What the hub is, what it runs on, and how it does.</summary>
internal sealed class HubModel(
    IHubDatabase database,
    ServerSupervisor supervisor,
    ISpawner spawner,
    IAuthenticator authenticator,
    HubInstanceRegistry registry,
    HealthChecks checks,
    PageAnnouncements announcements,
    JupyterHubOptions options,
    TimeProvider time) : AdminPageModel
{
    public DatabaseFacts Facts { get; private set; } = null!;

    public IReadOnlyList<HealthCheck> Checks { get; private set; } = [];

    /// <summary>All pages for whom may change what they tell, else those that tell something.</summary>
    public IReadOnlyList<AnnouncementRow> Announcements { get; private set; } = [];

    public bool MayAnnounce => Allows(AnnouncementsEndpoints.WriteScope);

    public JupyterHubOptions Options => options;

    public DateTime StartedAt => registry.StartedAt;

    public TimeSpan Uptime => time.GetHubTime() - registry.StartedAt;

    public string OwnId => registry.Identity.Id;

    public int Running { get; private set; }

    public int Starting { get; private set; }

    public int Active { get; private set; }

    public bool MayShutDown => Allows("shutdown");

    public bool CanEnd => ShutdownEndpoints.CanEnd(Hub);

    public string Spawner => $"{spawner.GetType().FullName} {HubInfoEndpoints.VersionOf(spawner.GetType())}";

    public string Authenticator => $"{authenticator.GetType().FullName} {HubInfoEndpoints.VersionOf(authenticator.GetType())}";

    public static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>For people: in the largest unit that leaves a number before the point.</summary>
    public static string Size(long bytes) => bytes switch
    {
        >= 1L << 30 => (bytes / (double)(1L << 30)).ToString("N1", CultureInfo.CurrentCulture) + " GiB",
        >= 1L << 20 => (bytes / (double)(1L << 20)).ToString("N1", CultureInfo.CurrentCulture) + " MiB",
        _ => (bytes / 1024d).ToString("N0", CultureInfo.CurrentCulture) + " KiB",
    };

    protected override async Task<IActionResult> ShowAsync()
    {
        Facts = await DatabaseFacts.ReadAsync(database, Hub.Aborted);
        Checks = await checks.RunAsync(Hub.Aborted);
        var statuses = supervisor.Statuses.ToList();
        Running = statuses.Count(status => status.IsReady);
        Starting = statuses.Count(status => status.Phase == ServerPhase.Starting);
        Active = statuses.Count(status => status.IsActive);
        var current = (await announcements.ListAsync(Hub.Aborted)).ToDictionary(row => row.Page, StringComparer.Ordinal);
        Announcements = [.. PageNames.Known.Order(StringComparer.Ordinal).Prepend(PageNames.All).Where(page => MayAnnounce || current.ContainsKey(page)).Select(page => RowOf(page, current.GetValueOrDefault(page)))];
        return Page();
    }

    private AnnouncementRow RowOf(string page, PageAnnouncement? current) => ErrorOf(AnnouncementPages.FieldOf(page)) is { } error
        ? new AnnouncementRow(page, current, Typed(AnnouncementPages.Field), error)
        : new AnnouncementRow(page, current, null, null);
}
