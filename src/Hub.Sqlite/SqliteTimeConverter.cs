using System.Globalization;
using JupyterHub.Core.Data;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JupyterHub.Sqlite;

/// <summary>Times as the original's engine writes them in SQLite: text in UTC with six digits, which sorts as the times do.</summary>
internal sealed class SqliteTimeConverter() : ValueConverter<DateTime, string>(value => Write(value), text => Read(text))
{
    private const string Format = "yyyy-MM-dd HH:mm:ss.ffffff";

    private static readonly string[] Readable = [Format, "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd"];

    public static string Write(DateTime value) => HubTime.Normalize(value).ToString(Format, CultureInfo.InvariantCulture);

    public static DateTime Read(string text) =>
        DateTime.TryParseExact(text, Readable, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var value)
            ? HubTime.Normalize(value)
            // Guessing could turn an expiry into "never".
            : throw new InvalidDataException("A time in the database is not of the form 'yyyy-MM-dd HH:mm:ss.ffffff'.");
}
