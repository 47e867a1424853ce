namespace JupyterHub.Core.ActivityTracking;

/// <summary>A row that was seen in use.</summary>
/// <param name="Mark">Tells the row from a later one that was given the same id: a user's cookie id, a token's hash, the cookie id of a server's owner.</param>
/// <param name="Name">The server's name; empty for users and tokens.</param>
/// <param name="Stored">The time that the row was known to have; a row of that id without any time is another one.</param>
/// <param name="At">When it was used.</param>
internal sealed record ActivityNote(string Mark, string Name, DateTime? Stored, DateTime At)
{
    /// <summary>The round in which it was written; null while it is not.</summary>
    public long? WrittenIn { get; init; }

    public bool IsSameRow(ActivityNote other) => Mark == other.Mark && Name == other.Name;

    /// <summary>Whether a row that has this time can be the one.</summary>
    public bool Fits(DateTime? stored) => Stored is null || stored >= Stored;
}
