namespace JupyterHub.Core.Services;

/// <summary>What became of a request to make or delete a service.</summary>
/// <param name="Outcome">Done, or why not.</param>
/// <param name="Message">Why not, in words for the requester.</param>
internal sealed record ServiceChange(ServiceOutcome Outcome, string Message)
{
    public static ServiceChange Done { get; } = new(ServiceOutcome.Done, "");
}
