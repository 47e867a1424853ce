using JupyterHub.Core.Servers;
using JupyterHub.Core.Shares;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class ShareCodeMapping : IEntityTypeConfiguration<ShareCode>
{
    public void Configure(EntityTypeBuilder<ShareCode> builder)
    {
        builder.ToTable("share_codes");
        builder.Property(row => row.Scopes).IsScopes();
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.OwnerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubSpawner>().WithMany().HasForeignKey(row => row.SpawnerId).OnDelete(DeleteBehavior.Cascade);
    }
}
