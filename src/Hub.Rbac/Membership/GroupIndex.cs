using JupyterHub.Rbac.Filters;

namespace JupyterHub.Rbac.Membership;

/// <summary>The numbers that groups have within one snapshot: their places in order of code points.</summary>
internal sealed class GroupIndex
{
    public const int WordSize = 64;

    private readonly string[] names;
    private readonly Dictionary<string, int> numbers;

    public GroupIndex(IEnumerable<string> groups)
    {
        names = groups.Order(CodePointOrder.Instance).ToArray();
        numbers = new(names.Length, StringComparer.Ordinal);
        for (var number = 0; number < names.Length; number++)
        {
            numbers.Add(names[number], number);
        }
    }

    public int Words => (names.Length + WordSize - 1) / WordSize;

    public string this[int number] => names[number];

    public bool TryGet(string group, out int number) => numbers.TryGetValue(group, out number);
}
