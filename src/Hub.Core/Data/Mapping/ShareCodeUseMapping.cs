using JupyterHub.Core.Shares;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class ShareCodeUseMapping : IEntityTypeConfiguration<ShareCodeUse>
{
    public void Configure(EntityTypeBuilder<ShareCodeUse> builder)
    {
        builder.ToTable("hub_share_code_uses");
        builder.HasOne<ShareCode>().WithMany().HasForeignKey(row => row.ShareCodeId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
