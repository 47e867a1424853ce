namespace JupyterHub.Core.Roles.Reading;

/// <summary>A role with those of its holders that the reader may know.</summary>
internal sealed record RoleWithHolders(RoleDetails Role, RoleHolderPage Users, RoleHolderPage Groups, RoleHolderPage Services);
