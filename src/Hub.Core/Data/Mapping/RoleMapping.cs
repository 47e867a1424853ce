using JupyterHub.Core.Roles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class RoleMapping : IEntityTypeConfiguration<HubRole>
{
    public void Configure(EntityTypeBuilder<HubRole> builder)
    {
        builder.ToTable("roles");
        builder.Property(row => row.Scopes).IsScopes();
    }
}
