using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace JupyterHub.Core.Unicode;

/// <summary>What normalization needs of Unicode's data (<c>tables.txt</c>). The platform has it only where a host brings ICU along.</summary>
internal sealed class UnicodeTables
{
    private static readonly Lazy<UnicodeTables> Loaded = new(() => new UnicodeTables());

    private UnicodeTables()
    {
        var decompositions = new Dictionary<int, int[]>();
        var compositions = new Dictionary<(int, int), int>();
        var classes = new Dictionary<int, byte>();
        var foldings = new Dictionary<int, string>();
        foreach (var fields in Read())
        {
            var code = Hex(fields[1]);
            switch (fields[0])
            {
                case "F":
                    foldings[code] = fields[2];
                    break;
                case "M":
                    for (var mark = code; mark <= Hex(fields[2]); mark++)
                    {
                        classes[mark] = byte.Parse(fields[3], CultureInfo.InvariantCulture);
                    }

                    break;
                case var kind:
                    decompositions[code] = [.. fields.Skip(2).Select(Hex)];
                    if (kind == "C")
                    {
                        compositions[(decompositions[code][0], decompositions[code][1])] = code;
                    }

                    break;
            }
        }

        Decompositions = decompositions.ToFrozenDictionary();
        Compositions = compositions.ToFrozenDictionary();
        Classes = classes.ToFrozenDictionary();
        Foldings = foldings.ToFrozenDictionary();
    }

    public static UnicodeTables Instance => Loaded.Value;

    /// <summary>Canonical decompositions, one step each.</summary>
    public FrozenDictionary<int, int[]> Decompositions { get; }

    public FrozenDictionary<(int First, int Second), int> Compositions { get; }

    /// <summary>Combining classes of marks; 0 for everything else.</summary>
    public FrozenDictionary<int, byte> Classes { get; }

    /// <summary>What of a character is left of a-z and 0-9, with hyphens for the rest; only where there is something.</summary>
    public FrozenDictionary<int, string> Foldings { get; }

    private static IEnumerable<string[]> Read()
    {
        using var stream = typeof(UnicodeTables).Assembly.GetManifestResourceStream("unicode.txt") ?? throw new InvalidOperationException("The Unicode tables are missing.");
        using var reader = new StreamReader(stream, Encoding.ASCII);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                yield return line.Split(' ');
            }
        }
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
