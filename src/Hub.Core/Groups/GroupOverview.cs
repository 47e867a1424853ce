using System.Text.Json.Nodes;

namespace JupyterHub.Core.Groups;

/// <summary>A group with a part of its members.</summary>
/// <param name="Name">The group's name.</param>
/// <param name="Properties">Its properties; null for none.</param>
/// <param name="MemberCount">How many users are in it.</param>
/// <param name="Found">How many of them fit what was searched for.</param>
/// <param name="Members">The members of the page, by name.</param>
/// <param name="Roles">The roles that it holds, by name.</param>
internal sealed record GroupOverview(
    string Name, JsonObject? Properties, int MemberCount, int Found, IReadOnlyList<string> Members, IReadOnlyList<HeldGroupRole> Roles);
