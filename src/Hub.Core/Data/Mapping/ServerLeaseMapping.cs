using JupyterHub.Core.Hosting;
using JupyterHub.Core.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class ServerLeaseMapping : IEntityTypeConfiguration<ServerLease>
{
    public void Configure(EntityTypeBuilder<ServerLease> builder)
    {
        builder.ToTable("hub_server_leases");
        builder.HasKey(row => row.SpawnerId);
        builder.Property(row => row.SpawnerId).ValueGeneratedNever();
        builder.HasOne<HubSpawner>().WithOne().HasForeignKey<ServerLease>(row => row.SpawnerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubInstance>().WithMany().HasForeignKey(row => row.InstanceId).OnDelete(DeleteBehavior.Cascade);
    }
}
