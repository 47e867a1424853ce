using JupyterHub.Core.OAuth;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Asks whether an application may act on the visitor's behalf, and for what.</summary>
internal sealed class AuthorizeModel : HubPageModel
{
    private ConsentRequest Consent => HttpContext.Features.Get<ConsentRequest>() ?? throw new InvalidOperationException("Only the authorization endpoint shows this page.");

    public string Client => Consent.ClientDescription;

    public string Action => HttpContext.Request.PathBase + HttpContext.Request.Path + HttpContext.Request.QueryString;

    public IReadOnlyList<string> Scopes => Consent.Scopes;

    public IReadOnlyList<string> DescribedScopes => Consent.DescribedScopes;
}
