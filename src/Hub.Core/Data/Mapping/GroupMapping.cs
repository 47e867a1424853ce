using JupyterHub.Core.Groups;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class GroupMapping : IEntityTypeConfiguration<HubGroup>
{
    public void Configure(EntityTypeBuilder<HubGroup> builder)
    {
        builder.ToTable("groups");
        builder.Property(row => row.Properties).IsJsonObject();
    }
}
