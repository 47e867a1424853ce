using JupyterHub.AspNetCore.Hosting;
using JupyterHub.Core.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Runs an application that is a hub and nothing else.</summary>
public static class JupyterHubApplicationExtensions
{
    /// <summary>
    /// Runs the application until it is told to stop, and tells on the terminal where the hub is and how to sign in. What keeps it from
    /// starting becomes one line on the error output.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="notes">Further lines for the terminal.</param>
    /// <returns>The exit code: 0 after an orderly stop, 1 if the hub could not start.</returns>
    public static async Task<int> RunJupyterHubAsync(this WebApplication app, params string[] notes)
    {
        ArgumentNullException.ThrowIfNull(app);
        await using (app)
        {
            try
            {
                await app.StartAsync();
            }
            catch (HubStartupException problem)
            {
                return Fail(problem.Message);
            }
            catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
            {
                // Told to stop before it was up: that is no failure.
                return 0;
            }
            catch (IOException problem) when (problem.InnerException is AddressInUseException)
            {
                return Fail($"{problem.Message} Set JupyterHub:BindUrl to another address.");
            }

            foreach (var line in app.Services.GetRequiredService<StartMessage>().Lines().Concat(notes))
            {
                Console.Out.WriteLine(line);
            }

            await app.WaitForShutdownAsync();
            return 0;
        }
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
