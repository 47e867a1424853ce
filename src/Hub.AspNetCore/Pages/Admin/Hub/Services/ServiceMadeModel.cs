using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Services;

/// <summary>Shows the token of a new service, once.</summary>
internal sealed class ServiceMadeModel : HubPageModel
{
    public MadeService Made => HttpContext.Features.Get<MadeService>() ?? throw new InvalidOperationException("Only the form's endpoint shows a token.");

    public string ListUrl => AdminUrl.Of(HubPath, "services");

    public IActionResult OnPost() => Page();
}
