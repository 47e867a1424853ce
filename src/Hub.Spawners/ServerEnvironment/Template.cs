using System.Text;

namespace JupyterHub.Spawners.ServerEnvironment;

/// <summary>Fills settings that know names in braces. One pass: a value that looks like a name in braces stays as it is.</summary>
internal static class Template
{
    public static string Fill(string text, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var filled = new StringBuilder(text.Length);
        for (var position = 0; position < text.Length;)
        {
            var rest = text.AsSpan(position);
            var found = Find(rest, values);
            filled.Append(found.Length == 0 ? rest[..1] : found.Value);
            position += Math.Max(1, found.Length);
        }

        return filled.ToString();
    }

    private static (int Length, string Value) Find(ReadOnlySpan<char> rest, ReadOnlySpan<(string Name, string Value)> values)
    {
        if (rest[0] == '{')
        {
            foreach (var (name, value) in values)
            {
                if (rest.Length > name.Length + 1 && rest[1..].StartsWith(name, StringComparison.Ordinal) && rest[name.Length + 1] == '}')
                {
                    return (name.Length + 2, value);
                }
            }
        }

        return (0, "");
    }
}
