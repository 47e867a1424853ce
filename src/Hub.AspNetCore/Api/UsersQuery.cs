using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Users;

namespace JupyterHub.AspNetCore.Api;

/// <summary>The query of a listing of users (contract 2.3).</summary>
internal static class UsersQuery
{
    public static UserQuery Parse(HubRequest request, PageRequest page)
    {
        var sort = request.Query("sort") ?? "id";
        return new UserQuery
        {
            Sort = Sort(sort),
            IsDescending = sort.StartsWith('-'),
            State = State(request.Query("state")),
            NameFilter = NameFilter(request.Query("name_filter")),
            Offset = page.Offset,
            Limit = page.Limit,
            CountsAll = page.IsWrapped,
        };
    }

    private static UserSort Sort(string sort) => (sort.StartsWith('-') ? sort[1..] : sort) switch
    {
        "id" => UserSort.Id,
        "name" => UserSort.Name,
        "last_activity" => UserSort.LastActivity,
        _ => throw HubHttpException.BadRequest($"sort must be 'id', 'name', or 'last_activity', not '{LogText.Bound(sort)}'"),
    };

    private static UserState State(string? state) => state switch
    {
        null or "" => UserState.Any,
        "active" => UserState.Active,
        "ready" => UserState.Ready,
        "inactive" => UserState.Inactive,
        _ => throw HubHttpException.BadRequest($"Unrecognized state filter: '{LogText.Bound(state)}'"),
    };

    private static string? NameFilter(string? part) => part is null || (part.Length <= UserNames.Longest && !part.Contains('\0'))
        ? part
        : throw HubHttpException.BadRequest($"name_filter must be part of a name: {UserNames.Longest} characters at most");
}
