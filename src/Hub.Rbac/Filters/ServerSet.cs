namespace JupyterHub.Rbac.Filters;

/// <summary>An immutable set of server filters (<c>owner/name</c>) that answers for owner and name without joining them.</summary>
internal sealed class ServerSet : IEquatable<ServerSet>
{
    public static readonly ServerSet Empty = new(NameSet.Empty);

    private const int Small = 4;

    // Where the owner ends; -1 for a value without an owner, which is kept but matches no server.
    private readonly int[] slashes;

    // Made when it is first needed, as that of a name set.
    private HashIndex? index;

    public ServerSet(NameSet values)
    {
        Values = values;
        slashes = new int[values.Count];
        for (var i = 0; i < slashes.Length; i++)
        {
            slashes[i] = values[i].IndexOf('/', StringComparison.Ordinal);
        }
    }

    /// <summary>The filters as they are written.</summary>
    public NameSet Values { get; }

    /// <summary>True if the set is large enough to need the hash of a name.</summary>
    public bool IsHashed => slashes.Length > Small;

    private HashIndex Index => index ??= CreateIndex();

    /// <summary>The owner in a server filter; the whole of it when no server is named.</summary>
    public static ReadOnlySpan<char> OwnerOf(string value)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? value : value.AsSpan(0, slash);
    }

    public bool Contains(ReadOnlySpan<char> owner, ReadOnlySpan<char> server) => Contains(owner, NameHash.Of(owner), server);

    /// <summary>As <see cref="Contains(ReadOnlySpan{char}, ReadOnlySpan{char})"/>, for a caller that knows the owner's hash.</summary>
    public bool Contains(ReadOnlySpan<char> owner, int ownerHash, ReadOnlySpan<char> server)
    {
        if (!IsHashed)
        {
            for (var i = 0; i < slashes.Length; i++)
            {
                if (IsAt(i, owner, server))
                {
                    return true;
                }
            }

            return false;
        }

        for (var found = Index.Find(NameHash.Of(ownerHash, server)); found.MoveNext();)
        {
            if (IsAt(found.Position, owner, server))
            {
                return true;
            }
        }

        return false;
    }

    public bool Equals(ServerSet? other) => other is not null && Values.Equals(other.Values);

    public override bool Equals(object? obj) => Equals(obj as ServerSet);

    public override int GetHashCode() => Values.GetHashCode();

    private bool IsAt(int position, ReadOnlySpan<char> owner, ReadOnlySpan<char> server)
    {
        var value = Values[position].AsSpan();
        return slashes[position] == owner.Length
            && value.Length == owner.Length + 1 + server.Length
            && value.StartsWith(owner)
            && value.EndsWith(server);
    }

    private HashIndex CreateIndex()
    {
        var hashes = new int[slashes.Length];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = slashes[i] < 0 ? 0 : NameHash.Of(NameHash.Of(Values[i].AsSpan(0, slashes[i])), Values[i].AsSpan(slashes[i] + 1));
        }

        return new(hashes);
    }
}
