using System.Diagnostics;
using System.Globalization;
using System.Text;
using JupyterHub.Proxy.ChpApi;
using JupyterHub.Proxy.Standalone.Journal;

namespace JupyterHub.Proxy.Standalone.Metrics;

/// <summary>Writes metrics in Prometheus' text format, those of configurable-http-proxy under its names.</summary>
internal sealed class MetricsText(ProxyMetrics metrics, ChpRoutes routes, RouteJournal? journal = null)
{
    private static readonly double[] Quantiles = [0.01, 0.05, 0.5, 0.9, 0.95, 0.99, 0.999];

    public string Write()
    {
        var text = new StringBuilder(4096);
        WriteProcess(text);
        Counter(text, "api_route_get", "Listings of routes", metrics.RoutesListedCount);
        Counter(text, "api_route_add", "Routes added or replaced by the API", metrics.RoutesAddedCount);
        Counter(text, "api_route_delete", "Requests to remove a route", metrics.RoutesDeletedCount);
        Summary(text, "find_target_for_req", "Seconds to find the route of a request", metrics.Matching);
        Counter(text, "requests_ws", "WebSocket requests", metrics.WebSocketRequests.Value);
        Counter(text, "requests_web", "Other requests", metrics.WebRequests.Value);
        ByStatus(text, "requests_proxy", "Answers to browsers by status", metrics.ProxyAnswers);
        ByStatus(text, "requests_api", "Answers of the API by status", metrics.ApiAnswers);
        Gauge(text, "hub_proxy_routes", "Routes in the table", routes.Count);
        if (journal is not null)
        {
            Gauge(text, "hub_proxy_journal_bytes", "Size of the journal of routes", journal.Length);
            Gauge(text, "hub_proxy_journal_broken", "1 while the journal of routes cannot be written", journal.IsBroken ? 1 : 0);
        }

        return text.ToString();
    }

    private static void WriteProcess(StringBuilder text)
    {
        using var process = Process.GetCurrentProcess();
        Counter(text, "process_cpu_user_seconds_total", "CPU seconds in user mode", process.UserProcessorTime.TotalSeconds);
        Counter(text, "process_cpu_system_seconds_total", "CPU seconds in system mode", process.PrivilegedProcessorTime.TotalSeconds);
        Counter(text, "process_cpu_seconds_total", "CPU seconds", process.TotalProcessorTime.TotalSeconds);
        Gauge(text, "process_start_time_seconds", "When the process began, in seconds since 1970", new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0);
        Gauge(text, "process_resident_memory_bytes", "Resident memory", process.WorkingSet64);
        Gauge(text, "process_virtual_memory_bytes", "Virtual memory", process.VirtualMemorySize64);
        Gauge(text, "process_heap_bytes", "Managed heap", GC.GetTotalMemory(forceFullCollection: false));
        Gauge(text, "process_open_fds", "Open handles", process.HandleCount);
        if (OpenFiles.ReadLimit() is { } limit)
        {
            Gauge(text, "process_max_fds", "Most open handles", limit);
        }
    }

    private static void Counter(StringBuilder text, string name, string help, double value) => Single(text, name, help, "counter", value);

    private static void Gauge(StringBuilder text, string name, string help, double value) => Single(text, name, help, "gauge", value);

    private static void Single(StringBuilder text, string name, string help, string type, double value)
    {
        Head(text, name, help, type);
        text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n\n");
    }

    private static void ByStatus(StringBuilder text, string name, string help, StatusCounter counter)
    {
        Head(text, name, help, "counter");
        foreach (var (status, count) in counter.Values)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{{status=\"{status}\"}} {count}\n");
        }

        text.Append('\n');
    }

    private static void Summary(StringBuilder text, string name, string help, DurationSummary summary)
    {
        Head(text, name, help, "summary");
        foreach (var quantile in Quantiles)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{{quantile=\"{quantile}\"}} {summary.Quantile(quantile)}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{name}_sum {summary.Sum}\n{name}_count {summary.Count}\n\n");
    }

    private static void Head(StringBuilder text, string name, string help, string type) => text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
}
