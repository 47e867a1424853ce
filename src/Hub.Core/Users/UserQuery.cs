namespace JupyterHub.Core.Users;

/// <summary>Which users a listing holds, and in which order.</summary>
internal sealed record UserQuery
{
    public UserState State { get; init; }

    /// <summary>A part of the name, in whatever case; SQL's wildcards count. Null for any name.</summary>
    public string? NameFilter { get; init; }

    public UserSort Sort { get; init; }

    public bool IsDescending { get; init; }

    public int Offset { get; init; }

    public int Limit { get; init; } = int.MaxValue;

    /// <summary>True if the number of all users that fit is wanted besides the page.</summary>
    public bool CountsAll { get; init; }
}
