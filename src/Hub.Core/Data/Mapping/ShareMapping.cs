using JupyterHub.Core.Groups;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Shares;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class ShareMapping : IEntityTypeConfiguration<Share>
{
    public void Configure(EntityTypeBuilder<Share> builder)
    {
        builder.ToTable("shares");
        builder.Property(row => row.Scopes).IsScopes();
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubGroup>().WithMany().HasForeignKey(row => row.GroupId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.OwnerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubSpawner>().WithMany().HasForeignKey(row => row.SpawnerId).OnDelete(DeleteBehavior.Cascade);
    }
}
