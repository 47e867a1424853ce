namespace JupyterHub.Core.Diagnostics;

/// <summary>All metrics of the hub: names, labels and buckets are those that dashboards made for the original expect (contract 13).</summary>
internal static class MetricDefinitions
{
    private static readonly double[] Default = [.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10];
    private static readonly double[] Spawning = [.5, 1, 2.5, 5, 10, 15, 30, 60, 120, 180, 300, 600];
    private static readonly double[] Ticking = [.05, .055, .06, .065, .07, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10];

    private static readonly LabelValues[] Outcomes = [new("success"), new("failure")];

    public static MetricDefinition RequestDuration { get; } = Histogram(
        "request_duration_seconds", "How long the hub took to answer its own requests; what it forwards to servers is not counted.") with
    {
        Labels = ["method", "handler", "code"],
    };

    public static MetricDefinition SpawnDuration { get; } = Histogram("server_spawn_duration_seconds", "How long starts of servers took, or how soon they were refused.") with
    {
        Labels = ["status", "reason"],
        Buckets = Spawning,
        Known =
        [
            new("success", ""), new("failure", ""), new("error", ""), new("failure", "throttled"), new("failure", "too-many-users"),
            new("failure", "already-pending"), new("error", "exited"),
        ],
    };

    public static MetricDefinition StopDuration { get; } = WithStatus("server_stop_seconds", "How long stops of servers took.", Outcomes);

    public static MetricDefinition PollDuration { get; } = WithStatus(
        "server_poll_duration_seconds", "How long it took to ask whether a server still runs.", [new("running"), new("stopped")]);

    public static MetricDefinition RunningServers { get; } = new("running_servers", MetricKind.Gauge, "Servers that run now and that this hub looks after.");

    public static MetricDefinition TotalUsers { get; } = new("total_users", MetricKind.Gauge, "Users in the database.");

    public static MetricDefinition ActiveUsers { get; } = new("active_users", MetricKind.Gauge, "Users who were active within the period; counted once an hour.")
    {
        Labels = ["period"],
        Known = [new("24h"), new("7d"), new("30d")],
    };

    public static MetricDefinition LoginDuration { get; } = WithStatus("login_duration_seconds", "How long sign-ins by form took.", []);

    public static MetricDefinition LogoutDuration { get; } = Histogram("logout_duration_seconds", "How long sign-outs took.");

    public static MetricDefinition CheckRoutesDuration { get; } = Histogram("check_routes_duration_seconds", "How long it took to make the proxy's routes agree with the servers.");

    public static MetricDefinition ProxyPollDuration { get; } = Histogram("proxy_poll_duration_seconds", "How long it took to fetch all routes from the proxy.");

    public static MetricDefinition ProxyAddDuration { get; } = WithStatus("proxy_add_duration_seconds", "How long it took to add a route to the proxy.", Outcomes);

    public static MetricDefinition ProxyDeleteDuration { get; } = WithStatus("proxy_delete_duration_seconds", "How long it took to remove a route from the proxy.", Outcomes);

    public static MetricDefinition StartupDuration { get; } = Histogram("hub_startup_duration_seconds", "How long the hub took to start.");

    public static MetricDefinition InitSpawnersDuration { get; } = Histogram("init_spawners_duration_seconds", "How long start-up waited for the check of servers that ran before.");

    public static MetricDefinition CspReports { get; } = new("csp_reports", MetricKind.Counter, "Reports of violated content security policies.");

    public static MetricDefinition EventLoopInterval { get; } = Histogram(
        "event_loop_interval_seconds", "By how much work that is due is delayed: the time between ticks of a 50 ms timer, less 50 ms, and 50 ms where it is in time.") with
    {
        Buckets = Ticking,
    };

    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        RequestDuration, SpawnDuration, StopDuration, PollDuration, RunningServers, TotalUsers, ActiveUsers, LoginDuration, LogoutDuration,
        CheckRoutesDuration, ProxyPollDuration, ProxyAddDuration, ProxyDeleteDuration, StartupDuration, InitSpawnersDuration, CspReports, EventLoopInterval,
    ];

    private static MetricDefinition Histogram(string name, string help) => new(name, MetricKind.Histogram, help)
    {
        Buckets = Default,
    };

    private static MetricDefinition WithStatus(string name, string help, LabelValues[] known) => Histogram(name, help) with
    {
        Labels = ["status"],
        Known = known,
    };
}
