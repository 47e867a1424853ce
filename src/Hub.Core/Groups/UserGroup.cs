using JupyterHub.Core.Users;

namespace JupyterHub.Core.Groups;

/// <summary>A row of <c>user_group_map</c>: one user's membership of one group.</summary>
internal sealed class UserGroup
{
    public int UserId { get; set; }
    public int GroupId { get; set; }
    public HubUser? User { get; set; }
    public HubGroup? Group { get; set; }
}
