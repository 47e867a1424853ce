using System.Diagnostics.Metrics;

namespace JupyterHub.Core.Diagnostics;

/// <summary>The hub's instruments (contract 13). Whoever listens to the meter <c>JupyterHub</c>, OpenTelemetry for one, gets them all.</summary>
/// <remarks>One meter for each hub: two hubs in one process do not count each other's servers.</remarks>
internal sealed class HubMetrics : IDisposable
{
    public const string MeterName = "JupyterHub";

    private readonly TimeProvider time;
    private readonly Histogram<double> requests;
    private readonly Histogram<double> spawns;
    private readonly Histogram<double> stops;
    private readonly Histogram<double> polls;
    private readonly Histogram<double> logins;
    private readonly Histogram<double> logouts;
    private readonly Histogram<double> routeChecks;
    private readonly Histogram<double> proxyPolls;
    private readonly Histogram<double> proxyAdditions;
    private readonly Histogram<double> proxyDeletions;
    private readonly Histogram<double> startups;
    private readonly Histogram<double> initialChecks;
    private readonly Histogram<double> ticks;
    private readonly Counter<long> cspReports;

    public HubMetrics(MetricSettings settings, TimeProvider time)
    {
        this.time = time;
        Settings = settings;
        Meter = new Meter(new MeterOptions(MeterName) { Scope = this });
        requests = Histogram(MetricDefinitions.RequestDuration);
        spawns = Histogram(MetricDefinitions.SpawnDuration);
        stops = Histogram(MetricDefinitions.StopDuration);
        polls = Histogram(MetricDefinitions.PollDuration);
        logins = Histogram(MetricDefinitions.LoginDuration);
        logouts = Histogram(MetricDefinitions.LogoutDuration);
        routeChecks = Histogram(MetricDefinitions.CheckRoutesDuration);
        proxyPolls = Histogram(MetricDefinitions.ProxyPollDuration);
        proxyAdditions = Histogram(MetricDefinitions.ProxyAddDuration);
        proxyDeletions = Histogram(MetricDefinitions.ProxyDeleteDuration);
        startups = Histogram(MetricDefinitions.StartupDuration);
        initialChecks = Histogram(MetricDefinitions.InitSpawnersDuration);
        ticks = Histogram(MetricDefinitions.EventLoopInterval);
        cspReports = Meter.CreateCounter<long>(MetricDefinitions.CspReports.InstrumentName, null, MetricDefinitions.CspReports.Help);
    }

    public Meter Meter { get; }

    public MetricSettings Settings { get; }

    /// <summary>The moment from which a duration is measured.</summary>
    public long Now => time.GetTimestamp();

    /// <param name="method">The method as it was sent: it is somebody else's text, so only known ones become a label.</param>
    /// <param name="handler">The endpoint's name.</param>
    /// <param name="status">Status of the answer.</param>
    /// <param name="began">When the request began.</param>
    public void Requested(string method, string handler, int status, long began) => requests.Record(
        Since(began), new("method", RequestLabels.Method(method)), new("handler", handler), new("code", RequestLabels.Code(status)));

    public void Spawned(string status, string reason, long began) => spawns.Record(Since(began), new("status", status), new KeyValuePair<string, object?>("reason", reason));

    /// <summary>A start that was refused before it began.</summary>
    public void SpawnRefused(string reason) => spawns.Record(0, new("status", "failure"), new KeyValuePair<string, object?>("reason", reason));

    public void Stopped(bool isSuccess, long began) => stops.Record(Since(began), Status(isSuccess));

    public void Polled(bool isRunning, long began) => polls.Record(Since(began), new KeyValuePair<string, object?>("status", isRunning ? "running" : "stopped"));

    public void SignedIn(bool isSuccess, long began) => logins.Record(Since(began), Status(isSuccess));

    public void SignedOut(long began) => logouts.Record(Since(began));

    public void RoutesChecked(long began) => routeChecks.Record(Since(began));

    public void ProxyPolled(long began) => proxyPolls.Record(Since(began));

    public void RouteAdded(bool isSuccess, long began) => proxyAdditions.Record(Since(began), Status(isSuccess));

    public void RouteRemoved(bool isSuccess, long began) => proxyDeletions.Record(Since(began), Status(isSuccess));

    public void Started(long began) => startups.Record(Since(began));

    public void SpawnersChecked(long began) => initialChecks.Record(Since(began));

    public void Ticked(TimeSpan delay) => ticks.Record(delay.TotalSeconds);

    public void CspReported() => cspReports.Add(1);

    /// <summary>Lets a number be read whenever somebody asks for it.</summary>
    public void Observe(MetricDefinition metric, Func<IEnumerable<Measurement<long>>> read) =>
        Meter.CreateObservableGauge(metric.InstrumentName, read, null, metric.Help);

    public void Dispose() => Meter.Dispose();

    private static KeyValuePair<string, object?> Status(bool isSuccess) => new("status", isSuccess ? "success" : "failure");

    private double Since(long began) => time.GetElapsedTime(began).TotalSeconds;

    private Histogram<double> Histogram(MetricDefinition metric) => Meter.CreateHistogram(
        metric.InstrumentName, "s", metric.Help, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Settings.BucketsOf(metric) });
}
