using JupyterHub.AspNetCore.Pages.Admin.Lists;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Servers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.State;

/// <summary>The proxy's routes and what is wrong with them.</summary>
internal sealed class RoutesModel(RouteReports reports, PageTexts texts, TimeProvider time, ILogger<RoutesModel> logger) : AdminPageModel
{
    public const string Wrong = "wrong";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly ListShape Shape = new(
        "admin/routes", ["path"], new Dictionary<string, IReadOnlyList<string>?> { ["search"] = null, ["state"] = [Wrong] });

    public ListAddress List { get; private set; } = null!;

    public IReadOnlyList<ReportedRoute> Items { get; private set; } = [];

    public int Total { get; private set; }

    /// <summary>Routes that a check would put right.</summary>
    public int WrongCount { get; private set; }

    /// <summary>True if the proxy did not tell its routes.</summary>
    public bool IsUnreachable { get; private set; }

    public PagerView Pager => new(List, Items.Count, Total);

    public string WordOf(RouteState state) => state switch
    {
        RouteState.Good => texts["correct"],
        RouteState.Elsewhere => texts["of another hub, or being looked for"],
        RouteState.WrongTarget => texts["leads to a wrong address"],
        RouteState.Stale => texts["stale: nothing runs there"],
        RouteState.Missing => texts["missing"],
        _ => texts["not created by the hub"],
    };

    public static bool IsWrong(RouteState state) => state is RouteState.WrongTarget or RouteState.Stale or RouteState.Missing;

    protected override async Task<IActionResult> ShowAsync()
    {
        List = ListAddress.Of(Hub, Shape);
        IReadOnlyList<ReportedRoute> all;
        using var timeout = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(Hub.Aborted, timeout.Token);
        try
        {
            all = await reports.ReadAsync(either.Token);
        }
        catch (Exception problem) when (problem is HttpRequestException or TimeoutException or IOException || (problem is OperationCanceledException && !Hub.Aborted.IsCancellationRequested))
        {
            // The proxy may be another program, and away: the page says so instead of failing.
            Log.ProxyUnreachable(logger, problem);
            IsUnreachable = true;
            return Page();
        }

        WrongCount = all.Count(route => IsWrong(route.State));
        var found = all.Where(Fits).ToList();
        (Total, Items) = (found.Count, [.. found.Skip(List.Offset).Take(List.Size)]);
        return Page();
    }

    private bool Fits(ReportedRoute route) =>
        (List["state"] != Wrong || IsWrong(route.State))
        && (route.Routespec.Contains(List["search"], StringComparison.OrdinalIgnoreCase)
            || route.Server?.UserName.Contains(List["search"], StringComparison.OrdinalIgnoreCase) == true
            || route.Service?.Contains(List["search"], StringComparison.OrdinalIgnoreCase) == true);
}
