using System.Text;

namespace JupyterHub.Cli.Scopes.Output;

/// <summary>Rows in columns as wide as their longest cell; the last column may be as long as it likes.</summary>
internal sealed class TextTable(params string[] headings)
{
    private const string Gap = "  ";

    private readonly List<string[]> rows = [];

    public void Add(params string[] cells) => rows.Add(Array.ConvertAll(cells, PlainText.Of));

    public void Write(TextWriter output, Style style)
    {
        var widths = headings.Select((heading, column) => rows.Select(row => Length(row[column])).Append(heading.Length).Max()).ToArray();
        output.WriteLine(style.Bold(Line(headings, widths)));
        foreach (var row in rows)
        {
            output.WriteLine(Line(row, widths));
        }
    }

    private static string Line(string[] cells, int[] widths)
    {
        var line = new StringBuilder();
        for (var column = 0; column < cells.Length; column++)
        {
            line.Append(cells[column]);
            if (column < cells.Length - 1)
            {
                line.Append(' ', widths[column] - Length(cells[column])).Append(Gap);
            }
        }

        return line.ToString().TrimEnd();
    }

    private static int Length(string text) => text.EnumerateRunes().Count();
}
