using JupyterHub.AspNetCore.Errors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.WebUtilities;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Any error, for a person, whatever the method of the request was.</summary>
internal sealed class ErrorModel : HubPageModel
{
    public int Status { get; private set; }

    public string Reason => ReasonPhrases.GetReasonPhrase(Status) is { Length: > 0 } reason ? reason : "Error";

    public string? Message { get; private set; }

    /// <summary>Without a handler of this name the platform answers OPTIONS by itself, with 200.</summary>
    public IActionResult OnOptions() => Page();

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var shown = HttpContext.Features.Get<ShownError>();
        Status = shown?.Status ?? 500;
        Message = shown?.Message;
    }
}
