using JupyterHub.AspNetCore.Pages.Admin.Lists;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Users;

namespace JupyterHub.AspNetCore.Pages.Admin.Users;

/// <summary>What the address of the list of users asks for.</summary>
internal static class UserListQuery
{
    public const string Search = "search";
    public const string State = "state";

    public static IReadOnlyDictionary<string, IReadOnlyList<string>?> Filters { get; } = new Dictionary<string, IReadOnlyList<string>?>(StringComparer.Ordinal)
    {
        [Search] = null,
        [State] = ["active", "ready", "inactive"],
    };

    /// <summary>False also for filters that name no users: they must not be taken for one that names all.</summary>
    public static bool IsPermitted(HubRequest request) =>
        request.Known.Authority.Permissions.FiltersOf("list:users") is { IsUnrestricted: true } or { Users.Count: > 0 } or { Groups.Count: > 0 };

    public static UserQuery Of(ListAddress address) => new()
    {
        NameFilter = address[Search] is { Length: > 0 } part ? part : null,
        State = address[State] switch
        {
            "active" => UserState.Active,
            "ready" => UserState.Ready,
            "inactive" => UserState.Inactive,
            _ => UserState.Any,
        },
        Sort = address.Sort switch
        {
            "last_activity" => UserSort.LastActivity,
            "id" => UserSort.Id,
            _ => UserSort.Name,
        },
        IsDescending = address.IsDescending,
        Offset = address.Offset,
        Limit = address.Size,
        CountsAll = true,
    };
}
