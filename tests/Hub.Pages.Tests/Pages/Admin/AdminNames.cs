namespace JupyterHub.Pages.Tests.Pages.Admin;

/// <summary>Names that are hard to show.</summary>
internal static class AdminNames
{
    public const string Emoji = "👩‍🔬 lab 🧪";
    public const string RightToLeft = "مجموعة الفيزياء";

    public static string Long { get; } = string.Concat(Enumerable.Repeat("abcdefgh", 8));
}
