namespace JupyterHub.Core.Tokens.Listing;

/// <summary>Which tokens a listing holds, and in which order.</summary>
internal sealed record TokenQuery
{
    /// <summary>A part of the name of the user or service that owns them, in whatever case; null for anybody's.</summary>
    public string? Owner { get; init; }

    /// <summary>The user who owns them, exactly; null for anybody.</summary>
    public string? User { get; init; }

    /// <summary>A part of the note, in whatever case of its ASCII letters; null for any.</summary>
    public string? Note { get; init; }

    public TokenUse Use { get; init; }

    public TokenSort Sort { get; init; }

    public bool IsDescending { get; init; }

    public int Offset { get; init; }

    public required int Limit { get; init; }
}
