namespace JupyterHub.Core.Shares;

/// <summary>A row of <c>hub_share_code_uses</c>: somebody accepted an invitation. One row per code and person.</summary>
internal sealed class ShareCodeUse
{
    public int Id { get; set; }

    public int ShareCodeId { get; set; }

    public int UserId { get; set; }

    /// <summary>The last time.</summary>
    public DateTime UsedAt { get; set; }
}
