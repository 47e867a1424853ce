using JupyterHub.Core.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class InstanceMapping : IEntityTypeConfiguration<HubInstance>
{
    public void Configure(EntityTypeBuilder<HubInstance> builder)
    {
        builder.ToTable("hub_instances");
    }
}
