using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class UserMapping : IEntityTypeConfiguration<HubUser>
{
    public void Configure(EntityTypeBuilder<HubUser> builder)
    {
        builder.ToTable("users");
        builder.Property(row => row.UserInfo).IsJsonObject();
        builder.Property(row => row.LegacyState).HasColumnName("state");
    }
}
