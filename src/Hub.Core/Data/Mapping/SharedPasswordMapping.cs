using JupyterHub.Core.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class SharedPasswordMapping : IEntityTypeConfiguration<SharedPassword>
{
    public void Configure(EntityTypeBuilder<SharedPassword> builder)
    {
        builder.ToTable("hub_shared_passwords");
        builder.HasKey(row => row.Kind);
    }
}
