using JupyterHub.Core.Configuration;

namespace JupyterHub.Core.Hosting;

/// <summary>Declares one role in code. Each call adds; a call without names declares the empty list, which is not the same as declaring none.</summary>
public sealed class RoleBuilder
{
    private readonly RoleDeclaration role;

    internal RoleBuilder(RoleDeclaration role) => this.role = role;

    /// <summary>Says what the role is for.</summary>
    public RoleBuilder Description(string description)
    {
        role.Description = description;
        return this;
    }

    /// <summary>Adds scopes that holders get, such as <c>read:users!group=physics</c>.</summary>
    public RoleBuilder Scopes(params string[] scopes)
    {
        role.Scopes = Added(role.Scopes, scopes);
        return this;
    }

    /// <summary>Adds users to those that alone hold the role.</summary>
    public RoleBuilder Users(params string[] names)
    {
        role.Users = Added(role.Users, names);
        return this;
    }

    /// <summary>Adds groups to those that alone hold the role.</summary>
    public RoleBuilder Groups(params string[] names)
    {
        role.Groups = Added(role.Groups, names);
        return this;
    }

    /// <summary>Adds services to those that alone hold the role.</summary>
    public RoleBuilder Services(params string[] names)
    {
        role.Services = Added(role.Services, names);
        return this;
    }

    private static List<string> Added(IList<string>? before, string[] more)
    {
        ArgumentNullException.ThrowIfNull(more);
        return [.. (before ?? []).Union(more, StringComparer.Ordinal)];
    }
}
