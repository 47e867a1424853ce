using JupyterHub.Core.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class RevokedLoginMapping : IEntityTypeConfiguration<RevokedLogin>
{
    public void Configure(EntityTypeBuilder<RevokedLogin> builder)
    {
        builder.ToTable("hub_revoked_logins");
        builder.HasKey(row => row.Digest);
    }
}
