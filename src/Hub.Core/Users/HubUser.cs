using System.Security.Cryptography;
using System.Text.Json.Nodes;
using JupyterHub.Core.Groups;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Servers;

namespace JupyterHub.Core.Users;

/// <summary>A row of <c>users</c>.</summary>
internal sealed class HubUser
{
    public int Id { get; set; }
    public required string Name { get; set; }

    /// <summary>What the authenticator told about the person (name, e-mail…), shown to servers.</summary>
    public JsonObject? UserInfo { get; set; }

    public bool Admin { get; set; }
    public DateTime? Created { get; set; }
    public DateTime? LastActivity { get; set; }

    /// <summary>What a login cookie carries: 32 hexadecimal digits. A new value signs the user out everywhere.</summary>
    public required string CookieId { get; set; }

    /// <summary>Written by versions long gone; kept as found.</summary>
    public string? LegacyState { get; set; }

    public byte[]? EncryptedAuthState { get; set; }

    public List<HubSpawner> Spawners { get; } = [];
    public List<UserRole> Roles { get; } = [];
    public List<UserGroup> Groups { get; } = [];

    public static string NewCookieId() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
