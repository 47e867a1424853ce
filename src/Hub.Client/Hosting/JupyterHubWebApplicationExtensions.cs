using JupyterHub.Client;
using JupyterHub.Client.Authentication;
using JupyterHub.Client.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Runs an app that a hub starts.</summary>
public static class JupyterHubWebApplicationExtensions
{
    /// <summary>
    /// Runs until the hub stops the app. A setting that is missing or broken, or an address that is taken, becomes one line on
    /// standard error.
    /// </summary>
    /// <returns>The exit code: 0, or 1 when the app could not start.</returns>
    public static async Task<int> RunAsHubServerAsync(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        // Whatever goes wrong below, the app is disposed of when it is told.
        var name = app.Environment.ApplicationName;
        try
        {
            // Before the host starts: what it catches there it logs at length.
            _ = app.Services.GetService<ServiceSettings>();
            _ = app.Services.GetService<ListenAddress>();
            await app.RunAsync();
            return 0;
        }
        catch (Exception problem) when (problem is JupyterHubConfigurationException or IOException)
        {
            await Console.Error.WriteLineAsync($"{name} cannot start: {problem.Message}");
            return 1;
        }
    }
}
