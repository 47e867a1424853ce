using JupyterHub.AspNetCore.Pages.Admin.Hub.Forms;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub;

/// <summary>A page of the administration, which is also shown again for a form on it that was not accepted.</summary>
internal abstract class AdminPageModel : HubPageModel
{
    /// <summary>The form that was sent and not accepted; null if none was.</summary>
    protected RejectedForm? Rejected => HttpContext.Features.Get<RejectedForm>();

    public bool IsRejected => Rejected is not null;

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync() => ShowAsync();

    /// <summary>What is wrong with a field; null if nothing is.</summary>
    public string? ErrorOf(string field) => Rejected?.Errors.GetValueOrDefault(field);

    /// <summary>For <c>aria-invalid</c>.</summary>
    public string? IsInvalid(string field) => ErrorOf(field) is null ? null : "true";

    /// <summary>For <c>aria-describedby</c>: the hint, and the error if there is one.</summary>
    public string DescribedBy(string field) => ErrorOf(field) is null ? $"{field}-hint" : $"{field}-hint {field}-error";

    /// <summary>What a field holds: what was typed, or what it begins with.</summary>
    public string Typed(string field, string otherwise = "") => Rejected?.Typed(field) ?? otherwise;

    /// <summary>The address of a part of the administration, below <c>hub/admin/</c>.</summary>
    /// <param name="path">Literal segments.</param>
    /// <param name="name">A name that makes up the last segment.</param>
    public string AddressOf(string path, string? name = null) => AdminUrl.Of(HubPath, path, name);

    protected abstract Task<IActionResult> ShowAsync();
}
