using JupyterHub.AspNetCore.Requests;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Confirming;

/// <summary>Asks before something is done that cannot be undone: by a page, so that it works without scripts.</summary>
internal sealed class ConfirmModel : HubPageModel
{
    private const string Field = "confirmed";

    public ConfirmView View => HttpContext.Features.Get<ConfirmView>() ?? throw new InvalidOperationException("Only a form's endpoint asks.");

    public string Action => View.Action ?? Hub.Target.PathAndQuery;

    /// <summary>True once the person has said yes to the question.</summary>
    public static async Task<bool> IsAnsweredAsync(HubRequest request) => await request.FormValueAsync(Field) == "yes";

    public static Task AskAsync(HubRequest request, ConfirmView view)
    {
        request.Http.Features.Set(view);
        return request.Get<PageRunner>().RunAsync(request.Http, "Confirm");
    }

    public IActionResult OnPost() => Page();
}
