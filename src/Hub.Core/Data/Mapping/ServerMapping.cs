using JupyterHub.Core.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class ServerMapping : IEntityTypeConfiguration<HubServer>
{
    public void Configure(EntityTypeBuilder<HubServer> builder)
    {
        builder.ToTable("servers");
    }
}
