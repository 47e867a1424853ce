namespace JupyterHub.Core.Roles.Reading;

/// <summary>A role in a list.</summary>
/// <param name="Role">The role as the reader sees it.</param>
/// <param name="Users">How many users hold it that the reader may know.</param>
/// <param name="Groups">How many groups.</param>
/// <param name="Services">How many services.</param>
internal sealed record RoleSummary(RoleDetails Role, int Users, int Groups, int Services);
