using JupyterHub.Client.Authentication;
using JupyterHub.Client.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Workspace.Live;
using Workspace.Pages;

namespace Workspace;

/// <summary>Puts the parts together.</summary>
internal static class WorkspaceApp
{
    public static WebApplication Build()
    {
        // The content root is the program's own folder: settings files lying in a user's folder are not for us.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        // Below a warning the framework writes whole URLs, in which codes of sign-ins travel.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.WebHost.UseJupyterHubServiceUrl();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
            kestrel.Limits.MaxConcurrentUpgradedConnections = 100;
        });
        AddParts(builder.Services);

        var app = builder.Build();
        app.UseMiddleware<AnswerHeaders>();
        app.UseRouting();
        app.UseWebSockets();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapWorkspace();
        return app;
    }

    private static void AddParts(IServiceCollection services)
    {
        // AddAuthentication would bring keys that are kept in the user's home folder; ours live as long as this process, like its OAuth client.
        services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        services.AddWebEncoders();
        services.AddAuthenticationCore();
        new AuthenticationBuilder(services).AddJupyterHub(hub => hub.ProblemPage = (context, problem) =>
            MessagePage.Show(context.RequestServices.GetRequiredService<WorkspaceSettings>(), problem).ExecuteAsync(context));
        services.AddAuthorization();
        services.AddSingleton(provider => WorkspaceSettings.Read(provider.GetRequiredService<HubLinks>()));
        services.AddSingleton<LiveSocket>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
    }
}
