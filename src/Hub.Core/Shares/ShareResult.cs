namespace JupyterHub.Core.Shares;

/// <summary>What became of a request to share.</summary>
/// <param name="Outcome">Done, or why not.</param>
/// <param name="Message">Why not, in words for the requester.</param>
/// <param name="Value">What there is now; null if nothing is left, or nothing was done.</param>
internal sealed record ShareResult<T>(ShareOutcome Outcome, string Message, T? Value)
    where T : class
{
    /// <summary>The scope that the requester lacks, where that is the reason.</summary>
    public string? RequiredScope { get; init; }

    public static ShareResult<T> Done(T? value) => new(ShareOutcome.Done, "", value);

    public static ShareResult<T> Refused(ShareOutcome outcome, string message) => new(outcome, message, null);
}
