using JupyterHub.Core.Roles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class RoleOriginMapping : IEntityTypeConfiguration<RoleOrigin>
{
    public void Configure(EntityTypeBuilder<RoleOrigin> builder)
    {
        builder.ToTable("hub_role_origins");
        builder.HasKey(row => row.RoleId);
        builder.Property(row => row.RoleId).ValueGeneratedNever();
        builder.HasOne<HubRole>().WithOne(role => role.Origin).HasForeignKey<RoleOrigin>(row => row.RoleId).OnDelete(DeleteBehavior.Cascade);
    }
}
