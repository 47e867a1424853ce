using JupyterHub.AspNetCore.Api;
using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Api.OpenApi;
using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Hosting;
using JupyterHub.AspNetCore.Logins;
using JupyterHub.AspNetCore.OAuth;
using JupyterHub.AspNetCore.Pages;
using JupyterHub.AspNetCore.Pages.Admin.Hub;
using JupyterHub.AspNetCore.Pages.Admin.Users;
using JupyterHub.AspNetCore.Pages.Files;
using JupyterHub.AspNetCore.Pages.Home;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Once;
using JupyterHub.AspNetCore.Pages.Sharing;
using JupyterHub.AspNetCore.Pages.Spawn;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Pages.Tokens;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.AspNetCore.Xsrf;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using JupyterHub.Proxy.Forwarding;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a hub to an application.</summary>
public static class JupyterHubServiceCollectionExtensions
{
    /// <summary>
    /// Adds a hub. It still needs a database (<c>UseSqlite</c>), an authenticator and a spawner, and its place in the application
    /// (<c>MapJupyterHub</c>). Configuration section: <c>JupyterHub</c>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Settings that hold where the configuration says nothing else.</param>
    public static IHubBuilder AddJupyterHub(this IServiceCollection services, Action<JupyterHubOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var builder = services.AddHubCore(configure);
        if (services.Any(service => service.ServiceType == typeof(HubMapping)))
        {
            return builder;
        }

        services.AddSingleton<HubMapping>();
        services.AddSingleton<IStartupFilter, HubStartupFilter>();
        services.AddSingleton<ShutdownSignal>();
        services.AddSingleton<ShutdownRequest>();
        services.AddSingleton<BoundAddress>();
        services.AddSingleton<StartMessage>();
        services.AddHostedService<HubRuntime>();

        // The one that is used where neither code nor configuration (JupyterHub:Proxy:Type) chooses comes last.
        builder.UseConfigurableHttpProxy();
        builder.UseInProcessProxy();
        services.AddHubDomain();
        AddWeb(services);
        AddPages(services);
        return builder;
    }

    private static void AddWeb(IServiceCollection services)
    {
        services.AddSingleton(CreateRoutes());
        services.AddSingleton<HubEndpointDataSource>();
        services.AddSingleton<HubEndpointSelector>();
        services.AddSingleton<HubPipeline>();
        services.AddSingleton<OpenApiDocument>();
        services.AddSingleton<ProxyEndpoint>();
        services.AddSingleton<RequesterReader>();
        services.AddSingleton<NextAddress>();
        services.AddSingleton<XsrfGate>();
        services.AddSingleton<ErrorWriter>();
        services.AddSingleton<ServerModels>();
        services.AddSingleton<UserModels>();
        services.AddSingleton<TokenModels>();
        services.AddSingleton<ServiceModel>();
        services.AddSingleton<ShareModels>();
        services.AddSingleton<ServerViews>();
        services.Replace(ServiceDescriptor.Singleton<IProxyErrorPage, HubProxyErrorPage>());
    }

    private static HubRouteTable CreateRoutes()
    {
        var routes = new HubRouteTable();
        HubInfoEndpoints.Map(routes);
        ProxyEndpoints.Map(routes);
        ShutdownEndpoints.Map(routes);
        MetricsEndpoints.Map(routes);
        OpenApiEndpoints.Map(routes);
        IdentityEndpoints.Map(routes);
        UsersEndpoints.Map(routes);
        SessionsEndpoints.Map(routes);
        TokensEndpoints.Map(routes);
        AuthorizationsEndpoints.Map(routes);
        ServersEndpoints.Map(routes);
        ProgressEndpoints.Map(routes);
        ActivityEndpoints.Map(routes);
        GroupsEndpoints.Map(routes);
        ServicesEndpoints.Map(routes);
        AnnouncementsEndpoints.Map(routes);
        SharesEndpoints.Map(routes);
        ShareCodesEndpoints.Map(routes);
        SharedEndpoints.Map(routes);
        RolesEndpoints.Map(routes);
        AuthorizeEndpoints.Map(routes);
        OAuthEndpoints.Map(routes);
        OAuthClientEndpoints.Map(routes);
        PageEndpoints.Map(routes);
        RedirectLoginPages.Map(routes);
        HomePages.Map(routes);
        SpawnPages.Map(routes);
        TokenPages.Map(routes);
        SharingPages.Map(routes);
        AdminUserPages.Map(routes);
        AdminHubPages.Map(routes);
        ServerGate.Map(routes);
        StaticAssets.Map(routes);
        return routes;
    }

    private static void AddPages(IServiceCollection services)
    {
        services.AddSingleton<PageRunner>();
        services.AddLocalization();
        services.AddSingleton<HostTexts>();
        services.AddSingleton<PageTexts>();
        services.AddSingleton<CustomFiles>();
        services.AddSingleton<PageNotices>();
        services.AddSingleton<SentForms>();
        RedirectLoginPages.AddServices(services);
        HomePages.AddServices(services);
        SpawnPages.AddServices(services);
        TokenPages.AddServices(services);
        SharingPages.AddServices(services);
        AdminUserPages.AddServices(services);
        AdminHubPages.AddServices(services);
        services.AddRazorPages(options => options.Conventions.Add(new HiddenPagesConvention())).ConfigureApplicationPartManager(parts =>
        {
            // The platform finds the pages of a library by itself only where the application refers to it directly.
            var assembly = typeof(PageRunner).Assembly;
            if (!parts.ApplicationParts.Any(part => part is CompiledRazorAssemblyPart compiled && compiled.Assembly == assembly))
            {
                parts.ApplicationParts.Add(new CompiledRazorAssemblyPart(assembly));
            }
        });
    }
}
