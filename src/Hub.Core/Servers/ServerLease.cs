namespace JupyterHub.Core.Servers;

/// <summary>A row of <c>hub_server_leases</c>: which hub instance owns a server's life, and until when.</summary>
internal sealed class ServerLease
{
    public int SpawnerId { get; set; }
    public required string InstanceId { get; set; }
    public DateTime ExpiresAt { get; set; }
}
