namespace JupyterHub.AspNetCore.Pages.Tokens;

/// <summary>The form for a new token as it was filled in, with what is wrong with it.</summary>
internal sealed record TokenForm
{
    public string Note { get; init; } = "";

    public required string Lifetime { get; init; }

    public string Days { get; init; } = "";

    public string Until { get; init; } = "";

    /// <summary>False for what tokens get where nothing is chosen.</summary>
    public bool ChoosesScopes { get; init; }

    public IReadOnlySet<string> Scopes { get; init; } = new HashSet<string>();

    /// <summary>Further scopes, as they were typed.</summary>
    public string Written { get; init; } = "";

    public string? NoteError { get; init; }

    public string? LifetimeError { get; init; }

    public string? ScopesError { get; init; }

    public string? WrittenError { get; init; }

    public bool IsValid => NoteError is null && LifetimeError is null && ScopesError is null && WrittenError is null;
}
