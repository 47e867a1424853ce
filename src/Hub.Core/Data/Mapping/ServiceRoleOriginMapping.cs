using JupyterHub.Core.Roles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class ServiceRoleOriginMapping : IEntityTypeConfiguration<ServiceRoleOrigin>
{
    public void Configure(EntityTypeBuilder<ServiceRoleOrigin> builder)
    {
        builder.ToTable("hub_service_role_origins");
        builder.HasKey(row => new { row.ServiceId, row.RoleId });
        builder.HasOne<ServiceRole>().WithOne(held => held.Origin).HasForeignKey<ServiceRoleOrigin>(row => new { row.ServiceId, row.RoleId }).OnDelete(DeleteBehavior.Cascade);
    }
}
