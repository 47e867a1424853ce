using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Xsrf;
using JupyterHub.Core.Announcements;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Runs a Razor page that the hub's own routing chose. A page of the host at the same path wins, as Razor class libraries have it.</summary>
internal sealed class PageRunner(IActionDescriptorCollectionProvider actions, PageLoader loader, IActionInvokerFactory invokers, PageAnnouncements announcements)
{
    public const string Area = "JupyterHub";

    /// <summary>The endpoint that shows a page.</summary>
    public static Func<HubRequest, Task> Show(string page) => request => request.Get<PageRunner>().RunAsync(request.Http, page);
    public const string ErrorPage = "Error";

    public async Task RunAsync(HttpContext context, string page)
    {
        if (context.Features.Get<HubRequest>() is { } request)
        {
            XsrfGate.Offer(request);
            var name = page == ErrorPage ? PageNames.Error : PageNames.Of(request.Route.Pattern);
            context.Features.Set(new HubPageContext(request, name, await announcements.ForAsync(name, request.Aborted)));
        }

        var path = "/" + page;
        var descriptor = actions.ActionDescriptors.Items.OfType<PageActionDescriptor>()
            .First(candidate => candidate.AreaName == Area && candidate.ViewEnginePath == path);
        var compiled = await loader.LoadAsync(descriptor, EndpointMetadataCollection.Empty);
        var routeData = new RouteData();
        routeData.Values["area"] = Area;
        routeData.Values["page"] = path;
        await Invoker(new ActionContext(context, routeData, compiled)).InvokeAsync();
    }

    private IActionInvoker Invoker(ActionContext action) =>
        invokers.CreateInvoker(action) ?? throw new InvalidOperationException("Razor Pages are not set up in this application.");
}
