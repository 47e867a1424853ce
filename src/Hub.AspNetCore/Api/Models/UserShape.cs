using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api.Models;

/// <summary>How much of a user an answer shows, besides what the requester's scopes reveal.</summary>
internal sealed record UserShape
{
    /// <summary>What everybody may know of themselves, whatever the credential says.</summary>
    public const UserFields Identity = UserFields.Name | UserFields.UserInfo | UserFields.Admin | UserFields.Groups;

    /// <summary>Stopped servers are shown, too.</summary>
    public bool IncludesStopped { get; init; }

    /// <summary>Fields that are shown whatever the scopes say.</summary>
    public UserFields Granted { get; init; }

    /// <summary>What the authenticator left with the user, where the endpoint read it.</summary>
    public JsonObject? AuthState { get; init; }

    /// <summary>Keys that the endpoint adds.</summary>
    public IReadOnlyDictionary<string, object?> Details { get; init; } = new Dictionary<string, object?>();

    /// <summary>What the query asks for: anything but an absent value, <c>0</c> and <c>false</c> includes stopped servers.</summary>
    public static UserShape Of(HubRequest request)
    {
        var stopped = request.Query("include_stopped_servers");
        return new() { IncludesStopped = stopped is not (null or "0") && !stopped.Equals("false", StringComparison.OrdinalIgnoreCase) };
    }
}
