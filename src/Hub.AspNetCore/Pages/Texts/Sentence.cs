using System.Globalization;

namespace JupyterHub.AspNetCore.Pages.Texts;

/// <summary>A text with values that are set off from it, without any markup in either.</summary>
/// <param name="Format">The text, with <c>{0}</c>, <c>{1}</c> and so on where the values go.</param>
/// <param name="Values">The values.</param>
internal sealed record Sentence(string Format, IReadOnlyList<string> Values)
{
    /// <summary>The pieces in their order.</summary>
    public IEnumerable<(string Text, bool IsValue)> Parts()
    {
        var rest = Format;
        while (Next(rest) is { } place)
        {
            yield return (rest[..place.Start], false);
            yield return (Values[place.Index], true);
            rest = rest[place.End..];
        }

        yield return (rest, false);
    }

    private (int Start, int End, int Index)? Next(string text)
    {
        for (var start = text.IndexOf('{', StringComparison.Ordinal); start >= 0; start = text.IndexOf('{', start + 1))
        {
            var end = text.IndexOf('}', start);
            if (end > start && int.TryParse(text.AsSpan(start + 1, end - start - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < Values.Count)
            {
                return (start, end + 1, index);
            }
        }

        return null;
    }
}
