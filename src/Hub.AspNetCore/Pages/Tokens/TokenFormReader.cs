using System.Globalization;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Tokens;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.AspNetCore.Pages.Tokens;

/// <summary>Reads the form for a new token. A token never gets what its owner does not hold; that is said beside the field.</summary>
internal sealed class TokenFormReader(TokenLifetimes lifetimes, ScopeEngine engine, PageTexts texts, TimeProvider time)
{
    public const int LongestNote = 255;

    private const int MostDays = 36_500;
    private const int MostWritten = 50;
    private const string DateFormat = "yyyy-MM-dd'T'HH:mm";

    public async Task<TokenForm> ReadAsync(HubRequest request)
    {
        var fields = await request.FormAsync();
        var form = new TokenForm
        {
            Note = await request.FormValueAsync("note") ?? "",
            Lifetime = await request.FormValueAsync("lifetime") ?? lifetimes.Default,
            Days = await request.FormValueAsync("days") ?? "",
            Until = await request.FormValueAsync("until") ?? "",
            ChoosesScopes = await request.FormValueAsync("gives") == "chosen",
            Scopes = fields["scopes"].OfType<string>().ToHashSet(StringComparer.Ordinal),
            Written = await request.FormValueAsync("written") ?? "",
        };
        form = form with
        {
            NoteError = form.Note.Length > LongestNote ? texts["A note has {0} characters at most.", LongestNote] : null,
            LifetimeError = LifetimeProblem(form),
        };
        return form.ChoosesScopes ? CheckScopes(form, request.Known) : CheckDefault(form);
    }

    /// <summary>The order of a form without errors.</summary>
    public TokenOrder OrderOf(TokenForm form) => new()
    {
        Note = form.Note.Length > 0 ? form.Note : "Requested via the token page",
        ExpiresIn = form.Lifetime is TokenLifetimes.Never or TokenLifetimes.Longest ? null : SecondsOf(form),
        Scopes = form.ChoosesScopes ? [.. form.Scopes, .. Split(form.Written)] : null,
    };

    private string? LifetimeProblem(TokenForm form)
    {
        if (!lifetimes.All.Any(choice => choice.Value == form.Lifetime))
        {
            return texts["Choose one of these."];
        }

        if (form.Lifetime is TokenLifetimes.Never or TokenLifetimes.Longest)
        {
            return null;
        }

        return SecondsOf(form) switch
        {
            null when form.Lifetime == TokenLifetimes.Days => texts["Enter a number of days from 1 to {0}.", MostDays],
            null or <= 0 => texts["Choose a date and time in the future."],
            var seconds when !lifetimes.Allows(seconds.Value) || seconds > (long)MostDays * TokenLifetimes.SecondsPerDay => texts["A token may not live that long here."],
            _ => null,
        };
    }

    private long? SecondsOf(TokenForm form)
    {
        switch (form.Lifetime)
        {
            case TokenLifetimes.Days:
                return int.TryParse(form.Days, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= MostDays
                    ? (long)days * TokenLifetimes.SecondsPerDay
                    : null;
            case TokenLifetimes.Until:
                return DateTime.TryParseExact(form.Until, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var end)
                    ? (long)Math.Floor((end - time.GetUtcNow().UtcDateTime).TotalSeconds)
                    : null;
            default:
                return long.Parse(form.Lifetime, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Whoever has ticked something does not mean everything, whatever else is chosen.</summary>
    private TokenForm CheckDefault(TokenForm form) => form.Scopes.Count == 0 && form.Written.Length == 0
        ? form
        : form with { ChoosesScopes = true, ScopesError = texts["Permissions were chosen, and yet another choice was made above. Look again which of both is meant."] };

    private TokenForm CheckScopes(TokenForm form, Requester visitor)
    {
        var written = Split(form.Written);
        if (form.Scopes.Count == 0 && written.Length == 0)
        {
            return form with { ScopesError = texts["Choose at least one permission."] };
        }

        return form with
        {
            ScopesError = form.Scopes.Select(scope => Problem(scope, visitor)).FirstOrDefault(problem => problem is not null),
            WrittenError = written.Length > MostWritten
                ? texts["Enter {0} permissions at most.", MostWritten]
                : written.Select(scope => Problem(scope, visitor)).FirstOrDefault(problem => problem is not null),
        };
    }

    private string? Problem(string scope, Requester visitor)
    {
        if (!engine.Catalog.TryParse(scope, out _, out var error))
        {
            var shown = LogText.Bound(scope);
            return error switch
            {
                { Suggestion: { } suggestion } => texts["There is no permission {0}. Did you mean {1}?", shown, LogText.Bound(suggestion)],
                { Kind: ScopeErrorKind.UnknownFilter } => texts["{0}: a permission can be limited by !user=, !group=, !server= or !service=.", shown],
                { Kind: ScopeErrorKind.MissingFilterValue } => texts["{0} does not say to what it is limited.", shown],
                _ => texts["There is no permission {0}.", shown],
            };
        }

        var beyond = engine.BeyondOwner([scope], ScopeOwner.User(visitor.Name), null, visitor.Authority.Permissions, visitor.Authority.Membership);
        return beyond.IsEmpty ? null : texts["You do not hold {0} yourself, so a token of yours cannot have it.", LogText.Bound(scope)];
    }

    private static string[] Split(string written) =>
        [.. written.Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
}
