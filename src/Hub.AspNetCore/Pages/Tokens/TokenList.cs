namespace JupyterHub.AspNetCore.Pages.Tokens;

/// <summary>The tokens of a person by their kinds.</summary>
/// <param name="Requested">Tokens that somebody asked for.</param>
/// <param name="OfServers">Tokens of the servers that run.</param>
/// <param name="Applications">Applications that were let in.</param>
internal sealed record TokenList(IReadOnlyList<TokenRow> Requested, IReadOnlyList<TokenRow> OfServers, IReadOnlyList<ApplicationRow> Applications)
{
    public static TokenList Empty { get; } = new([], [], []);
}
