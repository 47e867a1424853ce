using JupyterHub.Core.OAuth;
using JupyterHub.Core.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class SpawnerMapping : IEntityTypeConfiguration<HubSpawner>
{
    public void Configure(EntityTypeBuilder<HubSpawner> builder)
    {
        builder.ToTable("spawners");
        builder.Property(row => row.State).IsJsonObject();
        builder.Property(row => row.UserOptions).IsJsonObject();
        builder.HasIndex(row => new { row.UserId, row.Name }).IsUnique();
        builder.HasOne(row => row.User).WithMany(user => user!.Spawners).HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(row => row.Server).WithMany().HasForeignKey(row => row.ServerId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<OAuthClient>().WithMany().HasForeignKey(row => row.OAuthClientId).HasPrincipalKey(client => client.Identifier).OnDelete(DeleteBehavior.SetNull);
    }
}
