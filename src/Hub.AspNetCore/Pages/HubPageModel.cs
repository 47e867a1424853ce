using System.Globalization;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Rbac.Permissions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>What every page of the hub knows. The cross-site check is the hub's own (contract 7.3), made before a page runs.</summary>
[IgnoreAntiforgeryToken]
internal abstract class HubPageModel : PageModel
{
    public HubRequest Hub => RequestOf(HttpContext);

    public string HubPath => Hub.Addresses.HubPath;

    public string XsrfToken => Hub.Xsrf?.Token ?? "";

    /// <summary>Address of a file that comes with the hub; it changes with the file, so that it may be kept for long.</summary>
    public string Asset(string name) => StaticAssets.UrlOf(HubPath, name);

    public static HubRequest RequestOf(HttpContext context) =>
        context.Features.Get<HubRequest>() ?? throw new InvalidOperationException("The page runs outside of the hub's routing.");

    public static string? ViewerOf(HubRequest request) => request.Requester is { IsUser: true } requester ? requester.Name : null;

    /// <summary>True if the visitor holds the scope: for the resource, or unfiltered where none is given.</summary>
    public bool Allows(string scope, Resource? resource = null) =>
        Hub.Requester is { } requester && (resource is { } named ? requester.Allows(scope, named) : requester.Allows(scope));

    /// <summary>A time for people, to the minute.</summary>
    public static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A time for scripts (RFC 3339).</summary>
    public static string MachineTime(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The page with another status than 200.</summary>
    protected PageResult PageWith(int status)
    {
        Response.StatusCode = status;
        return Page();
    }
}
