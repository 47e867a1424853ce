namespace JupyterHub.Core.Groups;

/// <summary>What became of a request to change groups, with the groups as they are now.</summary>
/// <param name="Outcome">Done, or why not.</param>
/// <param name="Subject">The group or user that it failed for.</param>
/// <param name="Groups">The groups concerned; empty if nothing was done, or they are gone.</param>
internal sealed record GroupChange(GroupOutcome Outcome, string Subject, IReadOnlyList<GroupDetails> Groups)
{
    public static GroupChange Refused(GroupOutcome outcome, string subject) => new(outcome, subject, []);

    public static GroupChange Done(params IReadOnlyList<GroupDetails> groups) => new(GroupOutcome.Done, "", groups);
}
