using JupyterHub.Core.OAuth;
using JupyterHub.Core.Services;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class ServiceMapping : IEntityTypeConfiguration<HubService>
{
    public void Configure(EntityTypeBuilder<HubService> builder)
    {
        builder.ToTable("services");
        builder.Ignore(row => row.IsRouted);
        builder.Property(row => row.OAuthClientAllowedScopes).IsScopes();
        builder.Property(row => row.Info).IsJsonObject();
        builder.Property(row => row.Command).IsCommand();
        builder.Property(row => row.Environment).IsJsonObject();
        builder.Property(row => row.ServerId).HasColumnName("_server_id");
        builder.HasOne(row => row.Server).WithMany().HasForeignKey(row => row.ServerId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<OAuthClient>().WithMany().HasForeignKey(row => row.OAuthClientId).HasPrincipalKey(client => client.Identifier).OnDelete(DeleteBehavior.SetNull);
    }
}
