using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Files;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Configuration;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>What every page of the hub has, for pages and partials of a host that take the place of the hub's own.</summary>
public sealed class HubPageContext
{
    private readonly HubRequest request;
    private readonly PageTexts texts;
    private readonly CustomFiles files;
    private readonly JupyterHubOptions options;

    internal HubPageContext(HubRequest request, string page, string? announcement)
    {
        (this.request, Page, Announcement) = (request, page, announcement);
        texts = request.Get<PageTexts>();
        files = request.Get<CustomFiles>();
        options = request.Get<JupyterHubOptions>();
    }

    /// <summary>The hub's name.</summary>
    public string Title => options.Pages.Title;

    /// <summary>The page's name, as in announcements: <c>login</c>, <c>home</c>, <c>spawn</c> and so on, <c>error</c> for errors.</summary>
    public string Page { get; }

    /// <summary>Path of the hub, such as <c>/hub/</c>.</summary>
    public string HubPath => request.Addresses.HubPath;

    /// <summary>The user who is signed in; null for nobody.</summary>
    public string? UserName => HubPageModel.ViewerOf(request);

    /// <summary>Language of the hub's texts for this reader, for <c>lang</c>.</summary>
    public string Language => texts.Language;

    /// <summary>Direction of that language, for <c>dir</c>: <c>ltr</c> or <c>rtl</c>.</summary>
    public string Direction => TextDirection.Of(Language);

    /// <summary>Address of the logo.</summary>
    public string LogoUrl => files.LogoUrl(HubPath);

    /// <summary>Addresses of the host's style sheets, which follow the hub's.</summary>
    public IEnumerable<string> StyleSheets => files.StyleSheetUrls(HubPath);

    /// <summary>Where this visitor may go.</summary>
    public IEnumerable<HubPageLink> Navigation => Customising.Navigation.Of(request, texts);

    /// <summary>The configured links for the top of the page.</summary>
    public IEnumerable<HubPageLink> Links => LinksOf(options.Pages.Links);

    /// <summary>The configured text for the end of the page; empty if there is none. It may hold addresses: <c>_LinkedText</c> shows them as links.</summary>
    public string Footer => options.Pages.Footer;

    /// <summary>The configured links for the end of the page.</summary>
    public IEnumerable<HubPageLink> FooterLinks => LinksOf(options.Pages.FooterLinks);

    /// <summary>Whom people may ask; empty if that is not configured. It may hold addresses: <c>_LinkedText</c> shows them as links.</summary>
    public string Contact => options.Pages.Contact;

    /// <summary>What this page tells everybody; null if there is nothing. It may hold addresses: <c>_LinkedText</c> shows them as links.</summary>
    public string? Announcement { get; }

    /// <summary>The error that is told of; null on other pages.</summary>
    public HubPageError? Error => request.Http.Features.Get<ShownError>() is { } shown ? new HubPageError(shown.Status, shown.Message) : null;

    /// <summary>The configured <c>TemplateVars</c>.</summary>
    public IReadOnlyDictionary<string, string> TemplateVars => options.TemplateVars.AsReadOnly();

    /// <summary>Value of the field <c>_xsrf</c>, which every form that is posted to the hub must have.</summary>
    public string XsrfToken => request.Xsrf?.Token ?? "";

    /// <summary>What the hub tells of the page that is shown for a request.</summary>
    /// <exception cref="InvalidOperationException">The hub does not answer this request.</exception>
    public static HubPageContext Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<HubPageContext>() ?? throw new InvalidOperationException("The page runs outside of the hub's routing.");
    }

    /// <summary>A text in the reader's language, from the host's resource files <c>HubTexts</c> or the hub's own; the English text itself where neither has it.</summary>
    /// <param name="text">The English text, with <c>{0}</c> and so on where values go.</param>
    /// <param name="values">The values.</param>
    public string Text(string text, params object[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Length == 0 ? texts[text] : texts[text, values];
    }

    /// <summary>True if the visitor holds a scope without any filter, such as <c>admin-ui</c>.</summary>
    public bool Allows(string scope) => request.Requester?.Allows(scope) == true;

    /// <summary>Address of one of the hub's own files, such as <c>hub.css</c>; it changes with the file.</summary>
    /// <exception cref="ArgumentException">The hub has no such file.</exception>
    public string Asset(string name) => StaticAssets.UrlOf(HubPath, name);

    private static IEnumerable<HubPageLink> LinksOf(IDictionary<string, string> links) => links.Select(link => new HubPageLink(link.Key, link.Value));
}
