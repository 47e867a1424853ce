using JupyterHub.Core.Groups;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class MembershipVersionMapping : IEntityTypeConfiguration<MembershipVersion>
{
    public void Configure(EntityTypeBuilder<MembershipVersion> builder)
    {
        builder.ToTable("hub_membership");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
    }
}
