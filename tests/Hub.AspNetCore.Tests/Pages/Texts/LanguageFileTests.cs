using System.Text.RegularExpressions;

namespace JupyterHub.AspNetCore.Tests.Pages.Texts;

/// <summary>Each language has exactly the texts that pages show. UPDATE_TEXTS=1 adds missing ones to the files, marked as untranslated.</summary>
public sealed partial class LanguageFileTests
{
    public static IEnumerable<object[]> Languages => LanguageFile.All.Select(file => new object[] { Path.GetFileName(file.Path) });

    [Fact]
    public void Every_text_of_a_page_can_be_found_by_its_key()
    {
        var used = TextCollector.Collect(out var unreadable);
        Assert.True(unreadable.Count == 0, $"These keys cannot be read; list them in a comment // Texts: \"…\", \"…\" in the same file:\n{string.Join('\n', unreadable)}");
        Assert.Contains(used, text => text.Key == "Signed in as {0}" && text.File == "_Navigation.cshtml");
        Assert.Contains(used, text => text.Key == "The log has the details under {0}." && text.File == "Error.cshtml");
        Assert.Contains(used, text => text.Key == "The server does not answer" && text.File == "ErrorWords.cs");
        Assert.Contains(used, text => text.Key == "Groups" && text.File == "AdminTab.cs");
        Assert.Contains(used, text => text.Key == "The server {0} of {1} is starting" && text.File == "SpawnPendingModel.cs");
        Assert.Contains(used, text => text.Key == "Start your server" && text.File == "SpawnModel.cs");
        Assert.Contains(used, text => text.Key == "Allowed is one of these: {0}." && text.File == "ChoiceRule.cs");
    }

    /// <summary>A resource file is compiled without regard to case: of two such keys the second would be lost.</summary>
    [Fact]
    public void No_two_texts_differ_only_in_case()
    {
        var alike = TextCollector.Collect(out _).GroupBy(text => text.Key, StringComparer.OrdinalIgnoreCase).Where(texts => texts.Select(text => text.Key).Distinct(StringComparer.Ordinal).Count() > 1);
        Assert.Empty(alike.SelectMany(texts => texts).Select(text => $"{text.Key} ({text.File})"));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_language_has_the_texts_of_all_pages_and_no_others(string name)
    {
        var file = LanguageFile.All.Single(file => Path.GetFileName(file.Path) == name);
        var used = TextCollector.Collect(out _).Select(text => text.Key).ToHashSet(StringComparer.Ordinal);
        if (Environment.GetEnvironmentVariable("UPDATE_TEXTS") == "1")
        {
            file.Complete(used);
        }

        var texts = file.Texts;
        Assert.True(file.Waiting.Count == 0, $"{name} waits for:\n{string.Join('\n', file.Waiting)}");
        Assert.True(used.IsSubsetOf(texts.Keys), $"{name} lacks: {string.Join(" | ", used.Except(texts.Keys))}. UPDATE_TEXTS=1 adds them.");
        Assert.True(used.IsSupersetOf(texts.Keys), $"{name} has, for nothing: {string.Join(" | ", texts.Keys.Except(used))}. UPDATE_TEXTS=1 drops them.");
        Assert.All(texts, text => Assert.Equal(Places(text.Key), Places(text.Value)));
        Assert.All(texts, text => Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key));
    }

    [Fact]
    public void There_is_a_language_besides_english() => Assert.NotEmpty(LanguageFile.All);

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d+[^}]*\}")]
    private static partial Regex Place();
}
