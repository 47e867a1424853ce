using JupyterHub.Core.Groups;
using JupyterHub.Core.Roles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class GroupRoleMapping : IEntityTypeConfiguration<GroupRole>
{
    public void Configure(EntityTypeBuilder<GroupRole> builder)
    {
        builder.ToTable("group_role_map");
        builder.HasKey(row => new { row.GroupId, row.RoleId });
        builder.HasOne<HubGroup>().WithMany(group => group.Roles).HasForeignKey(row => row.GroupId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(row => row.Role).WithMany().HasForeignKey(row => row.RoleId).OnDelete(DeleteBehavior.Cascade);
    }
}
