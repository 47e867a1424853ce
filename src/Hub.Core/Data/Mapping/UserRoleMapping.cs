using JupyterHub.Core.Roles;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class UserRoleMapping : IEntityTypeConfiguration<UserRole>
{
    public void Configure(EntityTypeBuilder<UserRole> builder)
    {
        builder.ToTable("user_role_map");
        builder.HasKey(row => new { row.UserId, row.RoleId });
        builder.HasOne<HubUser>().WithMany(user => user.Roles).HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(row => row.Role).WithMany().HasForeignKey(row => row.RoleId).OnDelete(DeleteBehavior.Cascade);
    }
}
