namespace JupyterHub.Core.Configuration;

/// <summary>A role that the operator declares: an item of <c>JupyterHub:LoadRoles</c>. What is left out is not the same as what is empty.</summary>
public sealed class RoleDeclaration
{
    /// <summary>The role's name: 3 to 255 of a-z, 0-9, <c>-</c>, <c>_</c>, <c>~</c> and <c>.</c>, beginning with a letter and ending with a letter or digit.</summary>
    public string Name { get; set; } = "";

    /// <summary>What the role is for. Left out for a default role: its own description.</summary>
    public string? Description { get; set; }

    /// <summary>Scopes that holders get. Left out for a default role: its own scopes; for another one: none.</summary>
    public IList<string>? Scopes { get; set; }

    /// <summary>Exactly the users that hold the role; created if missing. Left out: none, except that the role <c>user</c> keeps its holders.</summary>
    public IList<string>? Users { get; set; }

    /// <summary>Exactly the groups that hold the role; created if missing. Left out: none.</summary>
    public IList<string>? Groups { get; set; }

    /// <summary>Exactly the services that hold the role. Left out: none.</summary>
    public IList<string>? Services { get; set; }
}
