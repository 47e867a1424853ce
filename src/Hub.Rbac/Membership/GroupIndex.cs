namespace JupyterHub.Rbac.Membership;

/// <summary>The numbers that groups have within one snapshot.</summary>
internal sealed class GroupIndex
{
    public const int WordSize = 64;

    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    public int Count => numbers.Count;

    public int Words => (numbers.Count + WordSize - 1) / WordSize;

    public int NumberOf(string group)
    {
        if (!numbers.TryGetValue(group, out var number))
        {
            numbers.Add(group, number = numbers.Count);
        }

        return number;
    }

    public bool TryGet(string group, out int number) => numbers.TryGetValue(group, out number);
}
