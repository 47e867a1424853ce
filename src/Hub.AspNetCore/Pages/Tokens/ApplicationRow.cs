namespace JupyterHub.AspNetCore.Pages.Tokens;

/// <summary>An application that the visitor lets in: all tokens of one OAuth client, which end together.</summary>
internal sealed record ApplicationRow
{
    /// <summary>The public id of one of its tokens.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public DateTime? FirstAuthorized { get; init; }

    public DateTime? LastUsed { get; init; }

    /// <summary>How many sign-ins from it there are.</summary>
    public required int Tokens { get; init; }

    public required GivenScopes Gives { get; init; }
}
