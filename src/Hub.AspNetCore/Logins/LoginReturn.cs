using System.Security.Claims;
using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Logins;

/// <summary>What a redirect login brought back.</summary>
internal sealed record LoginReturn
{
    /// <summary>Who came back; null for nobody.</summary>
    public ClaimsPrincipal? Principal { get; private init; }

    /// <summary>What the login leaves with the user.</summary>
    public JsonObject? AuthState { get; init; }

    /// <summary>Where the person wanted to go, not checked yet.</summary>
    public string? Next { get; private init; }

    public LoginFailure Failure { get; private init; }

    /// <summary>What exactly failed, in words of the hub's own: for the log.</summary>
    public string Reason { get; private init; } = "";

    public static LoginReturn Of(ClaimsPrincipal principal, string? next) => new() { Principal = principal, Next = next };

    public static LoginReturn Failed(LoginFailure failure, string reason, string? next) => new() { Failure = failure, Reason = reason, Next = next };
}
