using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.State;

/// <summary>The last page before the hub ends.</summary>
internal sealed class ShuttingDownModel : HubPageModel
{
    public IActionResult OnPost() => Page();
}
