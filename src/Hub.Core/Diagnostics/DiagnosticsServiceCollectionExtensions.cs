using JupyterHub.Core.Diagnostics.Exposition;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JupyterHub.Core.Diagnostics;

/// <summary>Registers the hub's instruments and their text form; whatever measures asks for it, and more than once does no harm.</summary>
internal static class DiagnosticsServiceCollectionExtensions
{
    public static IServiceCollection AddHubMetrics(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => MetricSettings.Read(Environment.GetEnvironmentVariable));
        services.TryAddSingleton<HubMetrics>();
        services.TryAddSingleton<MetricCollector>();
        return services;
    }
}
