using JupyterHub.Core.OAuth;
using JupyterHub.Core.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class TokenMapping : IEntityTypeConfiguration<HubToken>
{
    public void Configure(EntityTypeBuilder<HubToken> builder)
    {
        builder.ToTable("api_tokens");
        builder.Property(row => row.Scopes).IsScopes();
        builder.HasOne(row => row.User).WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(row => row.Service).WithMany().HasForeignKey(row => row.ServiceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<OAuthClient>().WithMany().HasForeignKey(row => row.ClientId).HasPrincipalKey(client => client.Identifier).OnDelete(DeleteBehavior.Cascade);
    }
}
