using JupyterHub.Core.Roles;
using JupyterHub.Core.Services;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class ServiceRoleMapping : IEntityTypeConfiguration<ServiceRole>
{
    public void Configure(EntityTypeBuilder<ServiceRole> builder)
    {
        builder.ToTable("service_role_map");
        builder.HasKey(row => new { row.ServiceId, row.RoleId });
        builder.HasOne<HubService>().WithMany(service => service.Roles).HasForeignKey(row => row.ServiceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(row => row.Role).WithMany().HasForeignKey(row => row.RoleId).OnDelete(DeleteBehavior.Cascade);
    }
}
