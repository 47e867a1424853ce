using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Authentication;

/// <summary>Where a person goes next (contract 9): where they asked to, if that is safe, else where this hub sends people.</summary>
internal sealed class NextAddress(JupyterHubOptions options, ServerSupervisor supervisor)
{
    public string AfterSignIn(HubRequest request, string userName, string? next) =>
        NextUrl.Choose(next, OriginOf(request), QueryOf(request), Default(request, userName));

    /// <summary>After a return from elsewhere, whose query is not meant for anybody else.</summary>
    public string AfterReturn(HubRequest request, string userName, string? next) =>
        NextUrl.Choose(next, OriginOf(request), "", Default(request, userName));

    /// <summary>A page's own default goes before the hub's.</summary>
    public static string Or(HubRequest request, string pageDefault) =>
        NextUrl.Choose(request.Query("next"), OriginOf(request), QueryOf(request), pageDefault);

    /// <summary>The <c>next</c> argument, if it is there and safe.</summary>
    public static string? Safe(HubRequest request) => Safe(request, request.Query("next"));

    /// <summary>The address if it is safe; null otherwise.</summary>
    public static string? Safe(HubRequest request, string? next) => NextUrl.Validate(next, OriginOf(request));

    private string Default(HubRequest request, string userName)
    {
        if (!string.IsNullOrEmpty(options.DefaultUrl))
        {
            return options.DefaultUrl;
        }

        if (!options.RedirectToServer)
        {
            return request.Addresses.HubPath + "home";
        }

        return supervisor.GetStatus(userName, "").IsActive
            ? PathNames.UserPath(request.Addresses.BasePath, userName)
            : request.Addresses.HubPath + "spawn";
    }

    private static NextUrlOrigin OriginOf(HubRequest request) =>
        NextUrlOrigin.Of(request.Addresses.PublicUrl, request.Client.Scheme, request.Client.Host);

    private static string QueryOf(HubRequest request) => request.Target.RawQuery.ToString();
}
