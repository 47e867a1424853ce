namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Forms;

/// <summary>Names that were typed into one field: commas and spaces may be part of a name, so each stands on a line of its own.</summary>
internal static class NameList
{
    public static IReadOnlyList<string> Of(string? text) =>
        [.. (text ?? "").Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
}
