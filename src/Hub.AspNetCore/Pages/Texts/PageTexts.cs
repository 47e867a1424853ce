using System.Globalization;
using Microsoft.Extensions.Localization;

namespace JupyterHub.AspNetCore.Pages.Texts;

/// <summary>The texts of pages in the reader's language; what no resource file has is shown as it is written in the page, in English.</summary>
internal sealed class PageTexts(IStringLocalizer<HubTexts> localizer, HostTexts host)
{
    private const string LanguageKey = "(language)";

    /// <summary>The language of the texts, for <c>lang</c>.</summary>
    public string Language => Find(LanguageKey) is { Length: > 0 } language ? language : "en";

    /// <summary>A text without values.</summary>
    public string this[string text] => Find(text) ?? text;

    /// <summary>A text with values in the places <c>{0}</c>, <c>{1}</c> and so on.</summary>
    public string this[string text, params object[] values] => Fill(Find(text), values) ?? string.Format(CultureInfo.CurrentCulture, text, values);

    /// <summary>A text whose values stand out; shown by <c>_Sentence</c>.</summary>
    public Sentence Sentence(string text, params string[] values) => new(this[text], values);

    private string? Find(string key) => host.Find(key) ?? (localizer[key] is { ResourceNotFound: false } found ? found.Value : null);

    private static string? Fill(string? format, object[] values)
    {
        try
        {
            return format is null ? null : string.Format(CultureInfo.CurrentCulture, format, values);
        }
        catch (FormatException)
        {
            // A slip in somebody's translation must not cost the page.
            return null;
        }
    }
}
