using System.Linq.Expressions;

namespace JupyterHub.Core.Roles;

/// <summary>Leaves out what has expired: it is dead at once, even where its row is still there.</summary>
internal static class LiveRoles
{
    public static IQueryable<HubRole> Live(this IQueryable<HubRole> roles, DateTime now) =>
        roles.Where(role => role.Origin == null || role.Origin.ExpiresAt == null || role.Origin.ExpiresAt > now);

    public static IQueryable<UserRole> Live(this IQueryable<UserRole> held, DateTime now) => held.Where(row =>
        (row.Origin == null || row.Origin.ExpiresAt == null || row.Origin.ExpiresAt > now)
        && (row.Role!.Origin == null || row.Role.Origin.ExpiresAt == null || row.Role.Origin.ExpiresAt > now));

    public static IQueryable<GroupRole> Live(this IQueryable<GroupRole> held, DateTime now) => held.Where(row =>
        (row.Origin == null || row.Origin.ExpiresAt == null || row.Origin.ExpiresAt > now)
        && (row.Role!.Origin == null || row.Role.Origin.ExpiresAt == null || row.Role.Origin.ExpiresAt > now));

    public static IQueryable<ServiceRole> Live(this IQueryable<ServiceRole> held, DateTime now) => held.Where(IsLive(now));

    /// <summary>The condition by itself, for where a query of its own has no place: inside an <c>Include</c>.</summary>
    public static Expression<Func<ServiceRole, bool>> IsLive(DateTime now) => row =>
        (row.Origin == null || row.Origin.ExpiresAt == null || row.Origin.ExpiresAt > now)
        && (row.Role!.Origin == null || row.Role.Origin.ExpiresAt == null || row.Role.Origin.ExpiresAt > now);

    /// <summary>The earlier of two ends, of which either may never come.</summary>
    public static DateTime? Earlier(DateTime? first, DateTime? second) =>
        first is { } one && second is { } other ? (one < other ? one : other) : first ?? second;
}
