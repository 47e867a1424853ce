using JupyterHub.Core.Roles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class UserRoleOriginMapping : IEntityTypeConfiguration<UserRoleOrigin>
{
    public void Configure(EntityTypeBuilder<UserRoleOrigin> builder)
    {
        builder.ToTable("hub_user_role_origins");
        builder.HasKey(row => new { row.UserId, row.RoleId });
        builder.HasOne<UserRole>().WithOne(held => held.Origin).HasForeignKey<UserRoleOrigin>(row => new { row.UserId, row.RoleId }).OnDelete(DeleteBehavior.Cascade);
    }
}
