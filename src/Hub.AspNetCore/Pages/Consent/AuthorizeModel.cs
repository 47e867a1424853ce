using JupyterHub.AspNetCore.Pages.InWords;
using JupyterHub.Core.OAuth;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages.Consent;

/// <summary>Asks whether an application may act on the visitor's behalf, and for what.</summary>
internal sealed class AuthorizeModel(ScopeTexts scopeTexts) : HubPageModel
{
    private ConsentRequest Consent => HttpContext.Features.Get<ConsentRequest>() ?? throw new InvalidOperationException("Only the authorization endpoint shows this page.");

    public string Client => Consent.ClientDescription;

    /// <summary>What the hub itself knows of the client, whatever the client calls itself.</summary>
    public Resource? Known => Consent.Client;

    public string Visitor => Hub.Known.Name;

    public string Action => HttpContext.Request.PathBase + HttpContext.Request.Path + HttpContext.Request.QueryString;

    /// <summary>Where the answer goes.</summary>
    public string RedirectUri => Consent.RedirectUri;

    /// <summary>The host that the answer goes to, where that is not this hub's.</summary>
    public string? OtherHost =>
        !RedirectUri.StartsWith('/') && Uri.TryCreate(RedirectUri, UriKind.Absolute, out var address) && address.Authority != Hub.Client.Host ? address.Authority : null;

    public IReadOnlyList<string> Scopes => Consent.Scopes;

    /// <summary>The client may do whatever the visitor may.</summary>
    public bool AsksForEverything => Consent.Scopes.Contains("inherit");

    /// <summary>What is asked beyond name and access, in words.</summary>
    public IReadOnlyList<ScopeTextGroup> Groups { get; private set; } = [];

    public void OnGet() => Groups = scopeTexts.Group(Consent.DescribedScopes.Where(scope => scope != "inherit"), Visitor);

    public void OnPost() => OnGet();
}
