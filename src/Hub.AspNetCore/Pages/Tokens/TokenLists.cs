using System.Globalization;
using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Pages.Tokens;

/// <summary>Sorts a person's tokens for showing.</summary>
internal sealed class TokenLists(TokenReader reader, PendingActivity activity)
{
    private const string Everything = "inherit";

    public async Task<TokenList> ReadAsync(string userName, CancellationToken cancellationToken)
    {
        var tokens = await reader.ListAsync(userName, cancellationToken) ?? [];
        var own = tokens.Where(token => token.Row.ClientId == OAuthClient.HubIdentifier).ToLookup(IsOfServer);
        var applications = tokens.Where(token => token.Row.ClientId != OAuthClient.HubIdentifier).GroupBy(token => token.Row.ClientId, StringComparer.Ordinal);
        return new TokenList(
            [.. own[false].OrderByDescending(token => token.Row.Id).Select(RowOf)],
            [.. own[true].OrderByDescending(token => token.Row.Id).Select(RowOf)],
            [.. applications.Select(group => ApplicationOf([.. group])).OrderByDescending(application => application.LastUsed ?? application.FirstAuthorized)]);
    }

    /// <summary>The token of that id with what it belongs to; null if it is no token of this person.</summary>
    public Task<TokenRecord?> FindAsync(string userName, string id, CancellationToken cancellationToken) =>
        IdOf(id) is { } number ? reader.FindAsync(userName, number, cancellationToken) : Task.FromResult<TokenRecord?>(null);

    public static bool IsOfServer(TokenRecord token) => token.Row.Note?.StartsWith(ActivityRecorder.ServerTokenNotePrefix, StringComparison.Ordinal) == true;

    /// <summary>Public ids are the row's number with an <c>a</c> before it.</summary>
    private static int? IdOf(string id) =>
        id is ['a', .. var digits] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private TokenRow RowOf(TokenRecord token) => new()
    {
        Id = PublicId(token),
        Note = token.Row.Note ?? "",
        Created = token.Row.Created,
        LastUsed = activity.LastOf(token.Row),
        ExpiresAt = token.Row.ExpiresAt,
        Gives = GivenScopes.Of(token.Row.Scopes.Contains(Everything), token.Scopes),
    };

    private ApplicationRow ApplicationOf(IReadOnlyList<TokenRecord> tokens) => new()
    {
        Id = PublicId(tokens[0]),
        Name = tokens[0].ClientName ?? "",
        FirstAuthorized = tokens.Min(token => token.Row.Created),
        LastUsed = tokens.Max(token => activity.LastOf(token.Row)),
        Tokens = tokens.Count,
        Gives = GivenScopes.Of(
            tokens.Any(token => token.Row.Scopes.Contains(Everything)),
            [.. tokens.SelectMany(token => token.Scopes).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]),
    };

    private static string PublicId(TokenRecord token) => string.Create(CultureInfo.InvariantCulture, $"a{token.Row.Id}");
}
