using JupyterHub.Core.Announcements;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Authentication.Identities;
using JupyterHub.Core.Data.Mapping;
using JupyterHub.Core.Groups;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Services;
using JupyterHub.Core.Shares;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Data;

/// <summary>Maps JupyterHub 6's tables, and ours that start with <c>hub_</c>. It maps only: the schema is hand-written DDL per provider.</summary>
internal sealed class HubDbContext(DbContextOptions<HubDbContext> options) : DbContext(options)
{
    public DbSet<HubUser> Users => Set<HubUser>();
    public DbSet<HubGroup> Groups => Set<HubGroup>();
    public DbSet<UserGroup> UserGroups => Set<UserGroup>();
    public DbSet<HubRole> Roles => Set<HubRole>();
    public DbSet<UserRole> UserRoles => Set<UserRole>();
    public DbSet<GroupRole> GroupRoles => Set<GroupRole>();
    public DbSet<ServiceRole> ServiceRoles => Set<ServiceRole>();
    public DbSet<HubToken> Tokens => Set<HubToken>();
    public DbSet<HubService> Services => Set<HubService>();
    public DbSet<HubServer> Servers => Set<HubServer>();
    public DbSet<HubSpawner> Spawners => Set<HubSpawner>();
    public DbSet<OAuthClient> OAuthClients => Set<OAuthClient>();
    public DbSet<OAuthCode> OAuthCodes => Set<OAuthCode>();
    public DbSet<Share> Shares => Set<Share>();
    public DbSet<ShareCode> ShareCodes => Set<ShareCode>();
    public DbSet<HubInstance> Instances => Set<HubInstance>();
    public DbSet<ServerLease> ServerLeases => Set<ServerLease>();
    public DbSet<RevokedLogin> RevokedLogins => Set<RevokedLogin>();
    public DbSet<SharedPassword> SharedPasswords => Set<SharedPassword>();
    public DbSet<MembershipVersion> MembershipVersions => Set<MembershipVersion>();
    public DbSet<RoleOrigin> RoleOrigins => Set<RoleOrigin>();
    public DbSet<UserRoleOrigin> UserRoleOrigins => Set<UserRoleOrigin>();
    public DbSet<GroupRoleOrigin> GroupRoleOrigins => Set<GroupRoleOrigin>();
    public DbSet<ServiceRoleOrigin> ServiceRoleOrigins => Set<ServiceRoleOrigin>();
    public DbSet<ExternalIdentity> Identities => Set<ExternalIdentity>();
    public DbSet<Announcement> Announcements => Set<Announcement>();
    public DbSet<ShareCodeUse> ShareCodeUses => Set<ShareCodeUse>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder
            .ApplyConfiguration(new UserMapping())
            .ApplyConfiguration(new GroupMapping())
            .ApplyConfiguration(new UserGroupMapping())
            .ApplyConfiguration(new RoleMapping())
            .ApplyConfiguration(new UserRoleMapping())
            .ApplyConfiguration(new GroupRoleMapping())
            .ApplyConfiguration(new ServiceRoleMapping())
            .ApplyConfiguration(new TokenMapping())
            .ApplyConfiguration(new ServiceMapping())
            .ApplyConfiguration(new ServerMapping())
            .ApplyConfiguration(new SpawnerMapping())
            .ApplyConfiguration(new OAuthClientMapping())
            .ApplyConfiguration(new OAuthCodeMapping())
            .ApplyConfiguration(new ShareMapping())
            .ApplyConfiguration(new ShareCodeMapping())
            .ApplyConfiguration(new InstanceMapping())
            .ApplyConfiguration(new ServerLeaseMapping())
            .ApplyConfiguration(new RevokedLoginMapping())
            .ApplyConfiguration(new SharedPasswordMapping())
            .ApplyConfiguration(new MembershipVersionMapping())
            .ApplyConfiguration(new RoleOriginMapping())
            .ApplyConfiguration(new UserRoleOriginMapping())
            .ApplyConfiguration(new GroupRoleOriginMapping())
            .ApplyConfiguration(new ServiceRoleOriginMapping())
            .ApplyConfiguration(new ExternalIdentityMapping())
            .ApplyConfiguration(new AnnouncementMapping())
            .ApplyConfiguration(new ShareCodeUseMapping());
        ColumnNames.Apply(modelBuilder.Model);
    }
}
