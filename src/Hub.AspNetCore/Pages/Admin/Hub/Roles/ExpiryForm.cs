using System.Globalization;
using JupyterHub.AspNetCore.Pages.Admin.Hub.Forms;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Data;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Roles;

/// <summary>Reads until when something is to hold: as it was, for ever, for a while, or until a time (UTC).</summary>
internal sealed class ExpiryForm(IFormCollection form, RejectedForm rejected, PageTexts texts, TimeProvider time)
{
    public const string Field = "expires";
    public const string AtField = "expires-at";
    public const string Keep = "keep";
    public const string Never = "never";
    public const string At = "at";

    /// <summary>Spans to choose from, in hours.</summary>
    // Texts: "1 hour", "1 day", "1 week", "30 days", "90 days", "1 year"
    public static IReadOnlyList<(string Value, string Text)> Spans { get; } = [("1", "1 hour"), ("24", "1 day"), ("168", "1 week"), ("720", "30 days"), ("2160", "90 days"), ("8760", "1 year")];

    /// <summary>Whether anything is said about it, and until when; null for ever.</summary>
    public (bool IsSet, DateTime? ExpiresAt) Read()
    {
        switch (form[Field].ToString())
        {
            case "" or Keep:
                return (false, null);
            case Never:
                return (true, null);
            case At:
                return (true, Moment(form[AtField].ToString()));
            case var chosen when Spans.Any(span => span.Value == chosen):
                return (true, time.GetHubTime() + TimeSpan.FromHours(int.Parse(chosen, CultureInfo.InvariantCulture)));
            default:
                rejected.Errors[Field] = texts["Choose one of the times."];
                return (true, null);
        }
    }

    /// <summary>As the browser's field for a time writes it.</summary>
    public static string Write(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    private DateTime? Moment(string text)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment))
        {
            rejected.Errors[Field] = texts["Enter the date and time when it expires."];
            return null;
        }

        if (moment <= time.GetHubTime() || moment > time.GetHubTime().AddYears(100))
        {
            rejected.Errors[Field] = texts["The time must be in the future, within a hundred years."];
        }

        return HubTime.Normalize(moment);
    }
}
