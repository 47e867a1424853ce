namespace JupyterHub.AspNetCore.Pages.Tokens;

/// <summary>What tokens give now.</summary>
/// <param name="IsEverything">All that their owner may do, whatever that is.</param>
/// <param name="Scopes">Otherwise the scopes, expanded; as many as a list has room for.</param>
/// <param name="More">Scopes beyond these.</param>
internal sealed record GivenScopes(bool IsEverything, IReadOnlyList<string> Scopes, int More)
{
    private const int Most = 50;

    public int Count => Scopes.Count + More;

    public static GivenScopes Of(bool isEverything, IReadOnlyCollection<string> scopes) =>
        isEverything ? new GivenScopes(true, [], 0) : new GivenScopes(false, [.. scopes.Take(Most)], Math.Max(0, scopes.Count - Most));
}
