namespace JupyterHub.Sqlite.Schema;

/// <summary>Makes text out of a foreign database fit for a message of one line.</summary>
internal static class Printable
{
    private const int MaxLength = 80;

    public static string Text(string value)
    {
        var cut = value.Length > MaxLength ? value[..MaxLength] + "…" : value;
        return string.Concat(cut.Select(character => char.IsControl(character) || char.IsSurrogate(character) ? '?' : character));
    }
}
