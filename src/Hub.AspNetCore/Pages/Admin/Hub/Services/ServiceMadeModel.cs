using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Services;

/// <summary>Shows the token of a new service, once.</summary>
internal sealed class ServiceMadeModel : HubPageModel
{
    public NewServiceToken Made => HttpContext.Features.Get<NewServiceToken>() ?? throw new InvalidOperationException("Only the form's endpoint shows a token.");

    public string ListUrl => AdminUrl.Of(HubPath, "services");

    public IActionResult OnPost() => Page();
}
