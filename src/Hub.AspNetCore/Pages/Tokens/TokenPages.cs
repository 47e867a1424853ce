using JupyterHub.AspNetCore.Pages.InWords;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.AspNetCore.Pages.Tokens;

/// <summary>A person's tokens and the applications that they let in. None of the paths names a user, so none can be turned on somebody else.</summary>
internal static class TokenPages
{
    public static void Map(HubRouteTable routes)
    {
        routes.Page("GET", "token", PageRunner.Show("Token"));
        routes.Page("POST", "token/new", PageRunner.Show("Token"));
        routes.Page("GET", "token/new", request => request.RedirectAsync(request.Addresses.HubPath + "token"));
        routes.Page("POST", "token/revoke", RevokeForm.RunAsync);
        routes.Page("POST", "token/revoke-all", RevokeAllForm.RunAsync);
        routes.Page("POST", "token/sign-out", SignOutEverywhereForm.RunAsync);
    }

    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<ScopeTexts>();
        services.AddSingleton<TokenLifetimes>();
        services.AddSingleton<TokenFormReader>();
        services.AddSingleton<TokenLists>();
    }
}
