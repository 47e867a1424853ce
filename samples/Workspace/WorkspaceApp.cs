using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Workspace.Activity;
using Workspace.Hub;
using Workspace.Live;
using Workspace.SignIn;

namespace Workspace;

/// <summary>Puts the parts together.</summary>
internal static class WorkspaceApp
{
    public static WebApplication Build(WorkspaceSettings settings)
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
        builder.Logging.AddFilter(typeof(HubAuthenticationHandler).FullName, LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, settings.Listen));
        AddParts(builder.Services, settings);

        var app = builder.Build();
        app.UseMiddleware<HubRequests>();
        app.UseRouting();
        app.UseWebSockets();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapWorkspace(settings);
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress listen)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 64 * 1024;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 100;
        if (listen.Address is { } address)
        {
            kestrel.Listen(address, listen.Port);
        }
        else
        {
            kestrel.ListenAnyIP(listen.Port);
        }
    }

    private static void AddParts(IServiceCollection services, WorkspaceSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<HubClient>();
        services.AddSingleton<HubUserCache>();
        services.AddSingleton(_ => new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            Timeout = TimeSpan.FromSeconds(20),
            MaxResponseContentBufferSize = 1024 * 1024,
        });
        services.AddSingleton<TokenCookie>();
        services.AddSingleton<PendingSignIns>();
        services.AddSingleton<SignInFlow>();
        services.AddSingleton<Visitors>();
        services.AddSingleton<LiveSocket>();
        services.AddSingleton<ActivityLog>();
        services.AddHostedService<ActivityReporter>();
        // AddAuthentication would bring keys that are kept in the user's home folder; ours live as long as this process.
        services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        services.AddWebEncoders();
        services.AddAuthenticationCore(options => options.DefaultScheme = HubAuthenticationHandler.SchemeName);
        new AuthenticationBuilder(services)
            .AddScheme<AuthenticationSchemeOptions, HubAuthenticationHandler>(HubAuthenticationHandler.SchemeName, null);
        services.AddAuthorizationBuilder().AddDefaultPolicy("visitor", policy => policy
            .RequireAuthenticatedUser()
            .RequireAssertion(context => HubAccess.Allows(settings.AccessScopes, context.User.Scopes())));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
    }
}
