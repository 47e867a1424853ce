using System.Text.Json.Serialization;

namespace JupyterHub.Client.Models;

/// <summary>A user, group or service.</summary>
public sealed record HubPrincipal
{
    /// <summary>Names one.</summary>
    /// <param name="kind"><c>user</c>, <c>group</c> or <c>service</c>.</param>
    /// <param name="name">The name.</param>
    [JsonConstructor]
    public HubPrincipal(string kind, string name) => (Kind, Name) = (kind, name);

    /// <summary><c>user</c>, <c>group</c> or <c>service</c>.</summary>
    public string Kind { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>A user.</summary>
    public static HubPrincipal User(string name) => new("user", name);

    /// <summary>A group.</summary>
    public static HubPrincipal Group(string name) => new("group", name);

    /// <summary>A service.</summary>
    public static HubPrincipal Service(string name) => new("service", name);
}
