using JupyterHub.Core.OAuth;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class OAuthCodeMapping : IEntityTypeConfiguration<OAuthCode>
{
    public void Configure(EntityTypeBuilder<OAuthCode> builder)
    {
        builder.ToTable("oauth_codes");
        builder.Property(row => row.Scopes).IsScopes();
        builder.HasOne<OAuthClient>().WithMany().HasForeignKey(row => row.ClientId).HasPrincipalKey(client => client.Identifier).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
