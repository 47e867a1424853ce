using JupyterHub.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Forms;

/// <summary>A form that was not accepted: what was typed, and what is wrong with which field.</summary>
internal sealed class RejectedForm(IFormCollection typed, int status = StatusCodes.Status400BadRequest)
{
    /// <summary>What is wrong, by the field's name.</summary>
    public Dictionary<string, string> Errors { get; } = new(StringComparer.Ordinal);

    public string? Typed(string field) => typed.TryGetValue(field, out var values) && values.Count > 0 ? values[^1] : null;

    public IReadOnlyList<string> TypedAll(string field) => typed.TryGetValue(field, out var values) ? [.. values.Select(value => value ?? "")] : [];

    /// <summary>Shows the page again on which the form is.</summary>
    public static async Task ShowAsync(HubRequest request, string page, string field, string error, int status = StatusCodes.Status400BadRequest)
    {
        var rejected = new RejectedForm(await request.FormAsync(), status);
        rejected.Errors[field] = error;
        await rejected.ShowAsync(request, page);
    }

    /// <summary>Shows the page again on which the form is.</summary>
    public Task ShowAsync(HubRequest request, string page)
    {
        request.Http.Features.Set(this);
        request.Http.Response.StatusCode = status;
        return request.Get<PageRunner>().RunAsync(request.Http, page);
    }
}
