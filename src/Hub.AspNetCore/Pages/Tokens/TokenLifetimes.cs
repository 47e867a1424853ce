using System.Globalization;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Configuration;

namespace JupyterHub.AspNetCore.Pages.Tokens;

/// <summary>How long a new token may live: never longer than this hub allows.</summary>
internal sealed class TokenLifetimes(JupyterHubOptions options, PageTexts texts)
{
    public const string Longest = "longest";
    public const string Never = "never";
    public const string Days = "days";
    public const string Until = "until";

    public const int SecondsPerDay = 24 * 3600;

    private const int Hour = 3600;
    private const int Week = 7 * SecondsPerDay;
    private const int Month = 30 * SecondsPerDay;
    private const int Year = 365 * SecondsPerDay;

    /// <summary>Seconds that a token may live; null for no limit.</summary>
    public int? Most => options.TokenExpiresInMaxSeconds > 0 ? options.TokenExpiresInMaxSeconds : null;

    /// <summary>A month where that is allowed, else as long as possible.</summary>
    public string Default => Allows(Month) ? Number(Month) : Longest;

    public IReadOnlyList<TokenLifetime> All => [.. Entries()];

    public bool Allows(long seconds) => Most is not { } most || seconds <= most;

    private IEnumerable<TokenLifetime> Entries()
    {
        (int Seconds, string Text)[] usual =
            [(Hour, texts["1 hour"]), (SecondsPerDay, texts["1 day"]), (Week, texts["1 week"]), (Month, texts["30 days"]), (Year, texts["1 year"])];
        foreach (var (seconds, text) in usual.Where(choice => Allows(choice.Seconds)))
        {
            yield return new TokenLifetime(Number(seconds), text);
        }

        if (Allows(SecondsPerDay))
        {
            yield return new TokenLifetime(Days, texts["A number of days"]);
        }

        yield return new TokenLifetime(Until, texts["Until a date"]);
        yield return Most is { } most ? new TokenLifetime(Longest, texts["As long as this hub allows ({0})", TextOf(most)]) : new TokenLifetime(Never, texts["Never"]);
    }

    private string TextOf(int seconds) => seconds switch
    {
        SecondsPerDay => texts["1 day"],
        > SecondsPerDay when seconds % SecondsPerDay == 0 => texts["{0} days", seconds / SecondsPerDay],
        Hour => texts["1 hour"],
        > Hour when seconds % Hour == 0 => texts["{0} hours", seconds / Hour],
        _ => texts["{0} seconds", seconds],
    };

    private static string Number(int seconds) => seconds.ToString(CultureInfo.InvariantCulture);
}
