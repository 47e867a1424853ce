using System.Text.Json.Nodes;

namespace JupyterHub.Core.Users;

/// <summary>What of a user is to change; null stays as it is.</summary>
internal sealed record UserPatch(string? Name, bool? Admin)
{
    /// <summary>What is kept with the user in place of what the authenticator left.</summary>
    public JsonObject? AuthState { get; init; }

    /// <summary>Never prints the state, which holds secrets.</summary>
    public override string ToString() => nameof(UserPatch);
}
