using System.Text;

namespace JupyterHub.Core.Unicode;

/// <summary>Normalization form C (Unicode annex 15), whatever the host's platform knows of it.</summary>
internal static class CanonicalForm
{
    private const int FirstHangul = 0xAC00, FirstLead = 0x1100, FirstVowel = 0x1161, TrailBase = 0x11A7;
    private const int Leads = 19, Vowels = 21, Trails = 28;

    /// <summary>Nothing below combines, and nothing below is composed of what is not there already.</summary>
    private const char FirstOfInterest = '\u0300';

    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(FirstOfInterest, char.MaxValue))
        {
            return text;
        }

        var codes = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, codes);
        }

        Order(codes);
        var composed = new StringBuilder(text.Length);
        foreach (var code in Compose(codes))
        {
            composed.Append(new Rune(code).ToString());
        }

        return composed.ToString();
    }

    private static int ClassOf(int code) => UnicodeTables.Instance.Classes.GetValueOrDefault(code);

    private static void Decompose(int code, List<int> into)
    {
        var syllable = code - FirstHangul;
        if (syllable is >= 0 and < Leads * Vowels * Trails)
        {
            into.Add(FirstLead + (syllable / (Vowels * Trails)));
            into.Add(FirstVowel + (syllable % (Vowels * Trails) / Trails));
            if (syllable % Trails != 0)
            {
                into.Add(TrailBase + (syllable % Trails));
            }
        }
        else if (UnicodeTables.Instance.Decompositions.TryGetValue(code, out var parts))
        {
            Array.ForEach(parts, part => Decompose(part, into));
        }
        else
        {
            into.Add(code);
        }
    }

    /// <summary>Marks in a row stand in the order of their classes; those of one class stay as they are.</summary>
    private static void Order(List<int> codes)
    {
        for (var start = 0; start < codes.Count; start++)
        {
            var end = start;
            while (end < codes.Count && ClassOf(codes[end]) != 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                var ordered = codes.GetRange(start, end - start).OrderBy(ClassOf).ToList();
                codes.RemoveRange(start, end - start);
                codes.InsertRange(start, ordered);
            }

            start = end;
        }
    }

    private static List<int> Compose(List<int> codes)
    {
        var composed = new List<int>(codes.Count);
        var (starter, last) = (-1, -1);
        foreach (var code in codes)
        {
            var mark = ClassOf(code);

            // Blocked by a mark in between of the same or a higher class.
            if (starter >= 0 && last < mark && Pair(composed[starter], code) is { } pair)
            {
                composed[starter] = pair;
                continue;
            }

            composed.Add(code);
            (starter, last) = mark == 0 ? (composed.Count - 1, -1) : (starter, mark);
        }

        return composed;
    }

    private static int? Pair(int first, int second)
    {
        var (lead, vowel, syllable, trail) = (first - FirstLead, second - FirstVowel, first - FirstHangul, second - TrailBase);
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
        {
            return FirstHangul + (((lead * Vowels) + vowel) * Trails);
        }

        if (syllable is >= 0 and < Leads * Vowels * Trails && syllable % Trails == 0 && trail is > 0 and < Trails)
        {
            return first + trail;
        }

        return UnicodeTables.Instance.Compositions.TryGetValue((first, second), out var pair) ? pair : null;
    }
}
