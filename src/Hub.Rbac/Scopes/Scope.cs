namespace JupyterHub.Rbac.Scopes;

/// <summary>A scope of a catalogue. Take it from <see cref="ScopeCatalog"/> once and keep it: decisions with it look nothing up.</summary>
public sealed class Scope
{
    internal Scope(int id, string name, string description, bool isCustom)
    {
        (Id, Name, Description, IsCustom) = (id, name, description, isCustom);
        IsReadUser = name.StartsWith("read:user", StringComparison.Ordinal);
    }

    /// <summary>The scope's name, such as <c>read:users</c>.</summary>
    public string Name { get; }

    /// <summary>One sentence for the people who are asked to grant it.</summary>
    public string Description { get; }

    /// <summary>True if the scope was defined by the host and not by the catalogue of JupyterHub.</summary>
    public bool IsCustom { get; }

    /// <summary>The scopes that it implies directly.</summary>
    public IReadOnlyList<Scope> Subscopes { get; internal set; } = [];

    internal int Id { get; }

    /// <summary>True for the scopes that a server filter makes meaningless (contract 4.3, step 2).</summary>
    internal bool IsReadUser { get; }

    /// <summary>The scope and everything below it.</summary>
    internal ScopeBits Closure { get; set; }

    /// <summary>What remains of <see cref="Closure"/> under a server filter.</summary>
    internal ScopeBits ServerClosure { get; set; }

    /// <summary>True if the scope is the other one or implies it, directly or through others.</summary>
    public bool Implies(Scope other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ReferenceEquals(this, other) || (Closure.Contains(other.Id) && (!other.IsCustom || ImpliesCustom(other, [])));
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    // Ids of custom scopes are unique only within one catalogue, so a custom scope is followed by reference.
    private bool ImpliesCustom(Scope other, HashSet<Scope> seen)
    {
        foreach (var subscope in Subscopes)
        {
            if (ReferenceEquals(subscope, other) || (seen.Add(subscope) && subscope.ImpliesCustom(other, seen)))
            {
                return true;
            }
        }

        return false;
    }
}
