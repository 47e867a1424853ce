using Microsoft.Extensions.Localization;

namespace JupyterHub.AspNetCore.Pages.Texts;

/// <summary>The texts of pages in the reader's language; what no resource file has is shown as it is written in the page, in English.</summary>
internal sealed class PageTexts(IStringLocalizer<HubTexts> localizer)
{
    /// <summary>The language of the texts, for <c>lang</c>.</summary>
    public string Language => localizer["(language)"] is { ResourceNotFound: false } language ? language : "en";

    /// <summary>A text without values.</summary>
    public string this[string text] => localizer[text];

    /// <summary>A text with values in the places <c>{0}</c>, <c>{1}</c> and so on.</summary>
    public string this[string text, params object[] values] => localizer[text, values];

    /// <summary>A text whose values stand out; shown by <c>_Sentence</c>.</summary>
    public Sentence Sentence(string text, params string[] values) => new(localizer[text], values);
}
