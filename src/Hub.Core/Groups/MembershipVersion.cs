namespace JupyterHub.Core.Groups;

/// <summary>The row of <c>hub_membership</c>: counts the writes that can change who belongs to which group, so that others need not read all of it again.</summary>
internal sealed class MembershipVersion
{
    public int Id { get; set; }
    public long Version { get; set; }
}
