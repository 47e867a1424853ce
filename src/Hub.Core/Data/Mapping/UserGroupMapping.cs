using JupyterHub.Core.Groups;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal sealed class UserGroupMapping : IEntityTypeConfiguration<UserGroup>
{
    public void Configure(EntityTypeBuilder<UserGroup> builder)
    {
        builder.ToTable("user_group_map");
        builder.HasKey(row => new { row.UserId, row.GroupId });
        builder.HasOne(row => row.User).WithMany(user => user!.Groups).HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(row => row.Group).WithMany(group => group!.Members).HasForeignKey(row => row.GroupId).OnDelete(DeleteBehavior.Cascade);
    }
}
