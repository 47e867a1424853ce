using System.Globalization;

namespace JupyterHub.Core.Shares;

/// <summary>A share code as it is shown; the code itself is known only when it is made.</summary>
internal sealed record ShareCodeDetails(
    int Id, ServerName Server, IReadOnlyList<string> Scopes, DateTime CreatedAt, DateTime? ExpiresAt, int ExchangeCount, DateTime? LastExchangedAt)
{
    private const string Prefix = "sc_";

    /// <summary>The id as the API and pages write it.</summary>
    public string PublicId => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Id}");

    /// <summary>The row that a written id stands for; null if it is no such id.</summary>
    public static int? ParseId(string? id) =>
        id is not null && id.StartsWith(Prefix, StringComparison.Ordinal) && int.TryParse(id.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
