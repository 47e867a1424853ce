using JupyterHub.Core.Roles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class GroupRoleOriginMapping : IEntityTypeConfiguration<GroupRoleOrigin>
{
    public void Configure(EntityTypeBuilder<GroupRoleOrigin> builder)
    {
        builder.ToTable("hub_group_role_origins");
        builder.HasKey(row => new { row.GroupId, row.RoleId });
        builder.HasOne<GroupRole>().WithOne(held => held.Origin).HasForeignKey<GroupRoleOrigin>(row => new { row.GroupId, row.RoleId }).OnDelete(DeleteBehavior.Cascade);
    }
}
