using JupyterHub.AspNetCore.Requests;
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

    /// <summary>The page with another status than 200.</summary>
    protected PageResult PageWith(int status)
    {
        Response.StatusCode = status;
        return Page();
    }
}
