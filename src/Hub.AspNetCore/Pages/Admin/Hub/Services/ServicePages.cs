using JupyterHub.AspNetCore.Api;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Admin.Hub.Forms;
using JupyterHub.AspNetCore.Pages.Confirming;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Services;
using JupyterHub.Rbac.Permissions;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Services;

/// <summary>Services: made and deleted with the scopes that the API asks for the same (contract 2.8).</summary>
internal static class ServicePages
{
    private const string ListPage = "Admin/Services";
    private const string Scope = "admin:services";

    public static void Map(HubRouteTable routes)
    {
        routes.Admin("GET", "admin/services", ListPage).RequireAnyHolding("list:services");

        // The name is on the form: whether it is covered is asked with it.
        routes.Admin("POST", "admin/services", CreateAsync).RequireAnyHolding(Scope);
        routes.Admin("POST", "admin/services/{service}/delete", DeleteAsync).RequireScopes(ResourceKind.Service, Scope);
    }

    private static async Task CreateAsync(HubRequest request)
    {
        var texts = request.Get<PageTexts>();
        var form = new ServiceForm(await request.FormAsync());
        if (form.Name.Length == 0 || AdminUrl.IsUnreachable(form.Name))
        {
            await RejectedForm.ShowAsync(request, ListPage, "name", texts["Enter a name for the service."]);
            return;
        }

        if (!request.Known.Allows(Scope, Resource.Service(form.Name)))
        {
            throw new HubHttpException(404, "No access to resources or resources not found") { RequiredScopes = [$"{Scope}!service={form.Name}"] };
        }

        try
        {
            var change = await request.Get<ServiceCreation>().CreateAsync(request.Known, ServiceBody.Parse(form.Name, form.Body, waits: false), request.Aborted);
            await (change.Outcome == ServiceOutcome.Done
                ? TellAsync(request, form, texts)
                : RejectedForm.ShowAsync(request, ListPage, ServiceForm.FieldOf(change), change.Message, ServicesEndpoints.StatusOf(change.Outcome)));
        }
        catch (HubHttpException unfit)
        {
            await RejectedForm.ShowAsync(request, ListPage, ServiceForm.FieldOf(unfit.Message), unfit.Message, unfit.Status);
        }
    }

    private static Task TellAsync(HubRequest request, ServiceForm form, PageTexts texts)
    {
        if (form.Token is not { } token)
        {
            return request.Get<PageNotices>().RedirectAsync(request, AdminUrl.Of(request.Addresses.HubPath, "services"), texts["The service {0} was created.", form.Name]);
        }

        // Shown this once: nothing may keep it, neither a cache nor the address.
        request.Http.Response.OnStarting(() =>
        {
            request.Http.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        request.Http.Response.StatusCode = StatusCodes.Status201Created;
        request.Http.Features.Set(new NewServiceToken(form.Name, token));
        return request.Get<PageRunner>().RunAsync(request.Http, "Admin/ServiceMade");
    }

    private static async Task DeleteAsync(HubRequest request)
    {
        var (name, texts) = (request.Value("service"), request.Get<PageTexts>());
        var list = AdminUrl.Of(request.Addresses.HubPath, "services");
        if (!await ConfirmModel.IsAnsweredAsync(request))
        {
            await ConfirmModel.AskAsync(request, new ConfirmView
            {
                Title = texts["Delete a service"],
                Question = texts["Delete the service {0}?", name],
                Details = [texts["Its tokens stop working at once."], texts["Nobody can sign in to it any more."]],
                Button = texts["Delete the service"],
                CancelUrl = list,
            });
            return;
        }

        var change = await request.Get<ServiceRemoval>().DeleteAsync(name, request.Aborted);
        await (change.Outcome == ServiceOutcome.Done
            ? request.Get<PageNotices>().RedirectAsync(request, list, texts["The service {0} was deleted.", name])
            : throw new HubHttpException(ServicesEndpoints.StatusOf(change.Outcome), change.Message));
    }
}
