namespace JupyterHub.Core.Shares;

/// <summary>A row of <c>hub_share_code_uses</c>: somebody accepted an invitation.</summary>
internal sealed class ShareCodeUse
{
    public int Id { get; set; }

    public int ShareCodeId { get; set; }

    public int UserId { get; set; }

    public DateTime UsedAt { get; set; }
}
