namespace JupyterHub.Core.Shares;

/// <summary>A row of <c>shares</c>: access to one server, given to one user or to one group.</summary>
internal sealed class Share
{
    public int Id { get; set; }
    public int? UserId { get; set; }
    public int? GroupId { get; set; }
    public DateTime CreatedAt { get; set; }
    public List<string> Scopes { get; set; } = [];
    public DateTime? ExpiresAt { get; set; }
    public int? OwnerId { get; set; }
    public int? SpawnerId { get; set; }
}
