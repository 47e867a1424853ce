namespace JupyterHub.Core.ActivityTracking;

/// <summary>Notes that are written in one transaction, by row id.</summary>
internal sealed record ActivityBatch(
    IReadOnlyList<KeyValuePair<int, ActivityNote>> Users,
    IReadOnlyList<KeyValuePair<int, ActivityNote>> Tokens,
    IReadOnlyList<KeyValuePair<int, ActivityNote>> Spawners)
{
    public int Largest => Math.Max(Users.Count, Math.Max(Tokens.Count, Spawners.Count));
}
