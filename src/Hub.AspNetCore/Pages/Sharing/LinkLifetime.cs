using System.Globalization;
using JupyterHub.AspNetCore.Api;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>How long a new link can be accepted, as its form asks for it.</summary>
/// <param name="Choice">A number of seconds, or <c>custom</c>.</param>
/// <param name="Amount">How many of the unit; it counts for <c>custom</c> only.</param>
/// <param name="Unit">The seconds of the unit.</param>
internal sealed record LinkLifetime(string Choice, string Amount, string Unit)
{
    public const string Custom = "custom";

    private const int LongestNumber = 10;

    /// <summary>An hour, a day, a week, thirty days.</summary>
    private static readonly string[] Choices = ["3600", "86400", "604800", "2592000"];

    /// <summary>A minute, an hour, a day.</summary>
    private static readonly string[] Units = ["60", "3600", "86400"];

    public static LinkLifetime Default { get; } = new("86400", "", "86400");

    /// <summary>What was asked for; null if that is nothing that the form offers, or not between a minute and a year.</summary>
    public TimeSpan? Time
    {
        get
        {
            if (Choice != Custom)
            {
                return Choices.Contains(Choice) ? TimeSpan.FromSeconds(Number(Choice)) : null;
            }

            var seconds = Units.Contains(Unit) ? Number(Amount) * Number(Unit) : 0;
            return seconds is >= ShareCodeBody.LeastSeconds and <= ShareCodeBody.MostSeconds ? TimeSpan.FromSeconds(seconds) : null;
        }
    }

    public static LinkLifetime Of(IFormCollection form) => new(Field(form, "expires"), Field(form, "amount"), Field(form, "unit"));

    private static string Field(IFormCollection form, string name) => form[name] is [.., { Length: <= LongestNumber } value] ? value.Trim() : "";

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
