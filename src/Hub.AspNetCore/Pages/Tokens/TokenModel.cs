using System.Globalization;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.InWords;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Once;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Tokens;

/// <summary>A person's tokens: a new one, which is shown once, and those that there are.</summary>
internal sealed class TokenModel(
    TokenLists lists, TokenFormReader reader, TokenLifetimes lifetimes, TokenCreation creation, TokenOwners owners, ScopeTexts scopeTexts, SentForms sentForms, PageTexts texts)
    : HubPageModel
{
    private const int PerPage = 50;
    private const int MostOffered = 300;

    public bool MayRead => OwnTokens.MayRead(Hub.Known);

    public bool MayChange => OwnTokens.MayChange(Hub.Known);

    /// <summary>True if they may share a server at all.</summary>
    public bool MayShare => Hub.Known.Authority.Permissions.Holds("shares");

    public TokenForm Form { get; private set; } = null!;

    public IReadOnlyList<TokenLifetime> Lifetimes => lifetimes.All;

    /// <summary>What may be chosen: whatever the visitor holds, as far as a page has room for it.</summary>
    public IReadOnlyList<ScopeTextGroup> Offered { get; private set; } = [];

    public bool IsAllOffered { get; private set; }

    /// <summary>What tokens get where nothing is chosen; empty for everything.</summary>
    public IReadOnlyList<string> DefaultScopes { get; private set; } = [];

    /// <summary>The clear text of the token just made. It is never shown again.</summary>
    public string? NewToken { get; private set; }

    public string NewTokenNote { get; private set; } = "";

    public TokenList Tokens { get; private set; } = TokenList.Empty;

    public IEnumerable<TokenRow> ShownTokens => Tokens.Requested.Skip((PageNumber - 1) * PerPage).Take(PerPage);

    public int PageNumber { get; private set; } = 1;

    public int Pages => Math.Max(1, (Tokens.Requested.Count + PerPage - 1) / PerPage);

    public string PageUrl(int page) => string.Create(CultureInfo.InvariantCulture, $"{HubPath}token?page={page}#tokens");

    public Task OnGetAsync()
    {
        Form = new TokenForm { Lifetime = lifetimes.Default };
        return LoadAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        OwnTokens.RequireChange(Hub);
        Response.Headers.CacheControl = "no-store";
        Form = await reader.ReadAsync(Hub);
        var isDone = false;
        if (Form.IsValid && await sentForms.IsRepeatedAsync(Hub, async () => isDone = await CreateAsync()))
        {
            var text = texts["The form was sent already, and a token is shown only once. If you do not have it, revoke it below and make another."];
            await Hub.Get<PageNotices>().RedirectAsync(Hub, HubPath + "token", text, isError: true);
            return new EmptyResult();
        }

        if (!isDone)
        {
            await LoadAsync();
            return PageWith(StatusCodes.Status400BadRequest);
        }

        Form = new TokenForm { Lifetime = lifetimes.Default };
        await LoadAsync();
        return Page();
    }

    private async Task<bool> CreateAsync()
    {
        var owner = await owners.FindAsync(Hub.Known.Name, Hub.Aborted) ?? throw HubHttpException.Forbidden(HubHttpException.MissingCredentials);
        var order = reader.OrderOf(Form);
        try
        {
            var (issued, record) = await creation.CreateAsync(owner, order, Hub.Aborted) ?? throw HubHttpException.Forbidden(HubHttpException.MissingCredentials);
            (NewToken, NewTokenNote) = (issued.Value, record.Row.Note ?? "");
            return true;
        }
        catch (TokenRefusedException refused)
        {
            // A permission went while the form was read.
            Form = Form with { ScopesError = refused.Message };
            return false;
        }
    }

    private async Task LoadAsync()
    {
        if (MayRead)
        {
            Tokens = await lists.ReadAsync(Hub.Known.Name, Hub.Aborted);
            PageNumber = int.TryParse(Hub.Query("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, Pages) : 1;
        }

        if (MayChange)
        {
            var held = Hub.Known.Authority.Permissions.ToScopes();
            Offered = scopeTexts.Group(held.Take(MostOffered), Hub.Known.Name);
            IsAllOffered = held.Count <= MostOffered;
            var scopes = await creation.DefaultScopesAsync(Hub.Aborted);
            DefaultScopes = scopes.Contains("inherit") ? [] : scopes;
        }
    }
}
