using System.Collections;
using System.Runtime.InteropServices;

namespace JupyterHub.Rbac.Filters;

/// <summary>An immutable set of names, sorted by code point. Answers without allocating; small sets by comparing, larger ones by hash.</summary>
internal sealed class NameSet : IReadOnlyList<string>, IEquatable<NameSet>
{
    public static readonly NameSet Empty = new([]);

    private const int Small = 4;

    private readonly string[] names;

    // Made when it is first needed: many sets that come out of an intersection are asked for nothing.
    private HashIndex? index;

    private NameSet(string[] sorted) => names = sorted;

    public int Count => names.Length;

    public ReadOnlySpan<string> Span => names;

    /// <summary>True if the set is large enough to need the hash of a name.</summary>
    public bool IsHashed => names.Length > Small;

    public string this[int position] => names[position];

    /// <summary>The set of these names, which are sorted in place and may repeat.</summary>
    public static NameSet Of(List<string>? source)
    {
        if (source is null or { Count: 0 })
        {
            return Empty;
        }

        if (source.Count == 1)
        {
            return new([source[0]]);
        }

        if (!IsSorted(CollectionsMarshal.AsSpan(source)))
        {
            source.Sort(CodePointOrder.Instance);
        }

        var kept = 1;
        for (var i = 1; i < source.Count; i++)
        {
            if (source[i] != source[kept - 1])
            {
                source[kept++] = source[i];
            }
        }

        return new(CollectionsMarshal.AsSpan(source)[..kept].ToArray());
    }

    public bool Contains(ReadOnlySpan<char> name) => Contains(name, IsHashed ? NameHash.Of(name) : 0);

    /// <summary>As <see cref="Contains(ReadOnlySpan{char})"/>, for a caller that knows the hash.</summary>
    public bool Contains(ReadOnlySpan<char> name, int hash)
    {
        if (!IsHashed)
        {
            foreach (var candidate in names)
            {
                if (name.SequenceEqual(candidate))
                {
                    return true;
                }
            }

            return false;
        }

        for (var found = Index.Find(hash); found.MoveNext();)
        {
            if (name.SequenceEqual(names[found.Position]))
            {
                return true;
            }
        }

        return false;
    }

    private HashIndex Index => index ??= new(Array.ConvertAll(names, static name => NameHash.Of(name)));

    public bool Equals(NameSet? other) => other is not null && (ReferenceEquals(this, other) || names.AsSpan().SequenceEqual(other.names));

    public override bool Equals(object? obj) => Equals(obj as NameSet);

    public override int GetHashCode() => names.Length == 0 ? 0 : HashCode.Combine(names.Length, names[0]);

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)names).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool IsSorted(ReadOnlySpan<string> source)
    {
        for (var i = 1; i < source.Length; i++)
        {
            if (CodePointOrder.Instance.Compare(source[i - 1], source[i]) > 0)
            {
                return false;
            }
        }

        return true;
    }
}
