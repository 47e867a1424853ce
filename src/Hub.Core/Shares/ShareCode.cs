namespace JupyterHub.Core.Shares;

/// <summary>A row of <c>share_codes</c>: a link that turns into shares, as a salted hash.</summary>
internal sealed class ShareCode
{
    public int Id { get; set; }
    public required string Hashed { get; set; }
    public required string Prefix { get; set; }
    public int? ExchangeCount { get; set; }
    public DateTime? LastExchangedAt { get; set; }
    public DateTime CreatedAt { get; set; }
    public List<string> Scopes { get; set; } = [];
    public DateTime? ExpiresAt { get; set; }
    public int? OwnerId { get; set; }
    public int? SpawnerId { get; set; }
}
