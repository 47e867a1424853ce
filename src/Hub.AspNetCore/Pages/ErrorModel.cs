using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Rbac.Scopes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.WebUtilities;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Any error, for a person, whatever the method of the request was.</summary>
internal sealed class ErrorModel(PageTexts texts, ScopeEngine engine) : HubPageModel
{
    private const int MostScopes = 16;

    public ShownError Error { get; private set; } = new(500);

    public ErrorWords Words { get; private set; } = null!;

    /// <summary>What the error itself says; null where that is no more than the status.</summary>
    public string? Message { get; private set; }

    /// <summary>The permissions any of which would have sufficed, each with what it is for.</summary>
    public IReadOnlyList<(string Scope, string? Description)> Missing { get; private set; } = [];

    /// <summary>The same address again, where that may help.</summary>
    public string? RetryUrl { get; private set; }

    /// <summary>Where a visitor signs in whom nobody knows yet; null for others.</summary>
    public string? SignInUrl { get; private set; }

    public string Contact => Frame.Contact;

    private HubPageContext Frame => HubPageContext.Of(HttpContext);

    private bool IsGet => HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method);

    /// <summary>Without a handler of this name the platform answers OPTIONS by itself, with 200.</summary>
    public IActionResult OnOptions() => Page();

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Error = HttpContext.Features.Get<ShownError>() ?? new(500);
        Words = ErrorWords.Of(Error, texts);
        Missing = Error.Status == 403 ? [.. Error.RequiredScopes.Take(MostScopes).Select(scope => (scope, Describe(scope)))] : [];

        Message = IsSaidAlready(Error.Message) ? null : Error.Message;
        var address = IsGet ? NextAddress.Safe(Hub, Error.Address ?? Hub.Target.PathAndQuery) : null;
        RetryUrl = Words.IsPassing ? address : null;
        SignInUrl = Hub.Requester is null && Error is { IsOfServer: false, Status: 403 or 404 } ? SignIn(address) : null;
    }

    /// <summary>The status has words for people here.</summary>
    private bool IsSaidAlready(string? message) => message == ReasonPhrases.GetReasonPhrase(Error.Status);

    private string SignIn(string? address) => address is null ? HubPath + "login" : $"{HubPath}login?next={Uri.EscapeDataString(address)}";

    private string? Describe(string scope)
    {
        var filter = scope.IndexOf('!', StringComparison.Ordinal);
        return engine.Catalog.TryGet(filter < 0 ? scope : scope.AsSpan(0, filter), out var known) ? texts[known.Description] : null;
    }
}
