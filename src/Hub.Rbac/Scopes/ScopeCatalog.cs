using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace JupyterHub.Rbac.Scopes;

/// <summary>All scopes that exist, with their hierarchy. Immutable: custom scopes make a new catalogue.</summary>
public sealed class ScopeCatalog
{
    private readonly Scope[] scopes;
    private readonly FrozenDictionary<string, Scope> byName;
    private readonly FrozenDictionary<string, Scope>.AlternateLookup<ReadOnlySpan<char>> bySpan;

    private ScopeCatalog(Scope[] scopes)
    {
        this.scopes = scopes;
        byName = scopes.ToFrozenDictionary(scope => scope.Name, StringComparer.Ordinal);
        bySpan = byName.GetAlternateLookup<ReadOnlySpan<char>>();
        Self = byName["self"];
        SelfClosure = BuiltInScopes.Self.Aggregate(default(ScopeBits), (bits, name) => bits.Or(byName[name].Closure));
        AccessServers = byName["access:servers"];
        AccessServices = byName["access:services"];
        UserIdentity = byName["read:users:name"].Closure.Or(byName["read:users:groups"].Closure);
        ServiceIdentity = byName["read:services:name"].Closure;
    }

    /// <summary>The 48 scopes of JupyterHub.</summary>
    public static ScopeCatalog BuiltIn { get; } = CreateBuiltIn();

    /// <summary>All scopes, the built-in ones first.</summary>
    public IReadOnlyList<Scope> Scopes => scopes;

    internal Scope Self { get; }

    /// <summary>What <c>self</c> gives to a user.</summary>
    internal ScopeBits SelfClosure { get; }

    internal Scope AccessServers { get; }

    internal Scope AccessServices { get; }

    /// <summary>What every token of a user may read about its owner.</summary>
    internal ScopeBits UserIdentity { get; }

    /// <summary>What every token of a service may read about its owner.</summary>
    internal ScopeBits ServiceIdentity { get; }

    /// <summary>The scope of that name.</summary>
    /// <exception cref="ScopeException">There is none.</exception>
    public Scope this[string name] => TryGet(name, out var scope) ? scope : throw ScopeParser.Error(this, name);

    /// <summary>Finds a scope by its name.</summary>
    public bool TryGet(ReadOnlySpan<char> name, [NotNullWhen(true)] out Scope? scope) => bySpan.TryGetValue(name, out scope);

    /// <summary>Reads a scope string.</summary>
    /// <exception cref="ScopeException">The scope or its filter does not exist.</exception>
    public FilteredScope Parse(ReadOnlySpan<char> text) =>
        ScopeParser.TryParse(this, text, out var syntax) ? syntax.ToFilteredScope() : throw ScopeParser.Error(this, text);

    /// <summary>Reads a scope string; false, and why, if it or its filter does not exist.</summary>
    public bool TryParse(ReadOnlySpan<char> text, out FilteredScope scope, [NotNullWhen(false)] out ScopeError? error)
    {
        var parsed = ScopeParser.TryParse(this, text, out var syntax);
        scope = parsed ? syntax.ToFilteredScope() : default;
        error = parsed ? null : ScopeParser.Diagnose(this, text);
        return parsed;
    }

    /// <summary>This catalogue and custom scopes. Defining the same scope with the same content again changes nothing.</summary>
    /// <exception cref="ScopeException">A definition breaks a rule (contract 4.9).</exception>
    public ScopeCatalog Extend(IEnumerable<CustomScope> definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        var together = new Dictionary<string, CustomScope>(StringComparer.Ordinal);
        foreach (var definition in definitions)
        {
            if (!together.TryAdd(definition.Name, definition))
            {
                throw new ScopeException(new ScopeError(ScopeErrorKind.InvalidDefinition, definition.Name, 0, null,
                    $"The custom scope '{ScopeError.Quote(definition.Name)}' is defined twice."));
            }
        }

        foreach (var definition in together.Values)
        {
            CustomScopeRules.Check(definition, together, this);
        }

        return together.Keys.All(byName.ContainsKey) ? this : new(WithCustom(together));
    }

    /// <summary>True if ids mean the same here as in the other catalogue, as far as this one goes.</summary>
    internal bool IsPartOf(ScopeCatalog other) =>
        scopes.Length <= other.scopes.Length && ReferenceEquals(scopes[^1], other.scopes[scopes.Length - 1]);

    internal bool Owns(Scope scope) => scope.Id < scopes.Length && ReferenceEquals(scopes[scope.Id], scope);

    private static ScopeCatalog CreateBuiltIn()
    {
        var source = BuiltInScopes.All;
        var scopes = source.Select((row, id) => new Scope(id, row.Name, row.Description, isCustom: false)).ToArray();
        var byName = scopes.ToDictionary(scope => scope.Name, StringComparer.Ordinal);
        for (var id = 0; id < scopes.Length; id++)
        {
            scopes[id].Subscopes = Array.ConvertAll(source[id].Subscopes, name => byName[name]);
        }

        ComputeClosures(scopes);
        return new(scopes);
    }

    private Scope[] WithCustom(Dictionary<string, CustomScope> definitions)
    {
        var added = definitions.Values.Where(definition => !byName.ContainsKey(definition.Name)).ToArray();
        var extended = added.Select((definition, index) => new Scope(scopes.Length + index, definition.Name, definition.Description, isCustom: true)).ToArray();
        var named = extended.ToDictionary(scope => scope.Name, StringComparer.Ordinal);
        for (var i = 0; i < added.Length; i++)
        {
            extended[i].Subscopes = (added[i].Subscopes ?? []).Select(name => named.TryGetValue(name, out var scope) ? scope : byName[name]).ToArray();
        }

        ComputeClosures(extended);
        return [.. scopes, .. extended];
    }

    // Custom scopes imply only custom ones, so those of a call need no closure but their own.
    // Repeated until nothing changes, so that custom scopes that imply each other in a circle are equal rather than endless.
    private static void ComputeClosures(Scope[] scopes)
    {
        foreach (var scope in scopes)
        {
            scope.Closure = ScopeBits.Of(scope.Id);
        }

        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var scope in scopes)
            {
                var closure = scope.Subscopes.Aggregate(scope.Closure, (bits, subscope) => bits.Or(subscope.Closure));
                changed |= !closure.Equals(scope.Closure);
                scope.Closure = closure;
            }
        }

        var readUser = scopes.Where(scope => scope.IsReadUser).Aggregate(default(ScopeBits), (bits, scope) => bits.Or(ScopeBits.Of(scope.Id)));
        foreach (var scope in scopes)
        {
            scope.ServerClosure = scope.Closure.Except(readUser);
        }
    }
}
