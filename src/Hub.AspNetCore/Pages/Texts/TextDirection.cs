using System.Collections.Frozen;

namespace JupyterHub.AspNetCore.Pages.Texts;

/// <summary>In which direction a language is written. The platform knows only with the tables of ICU, which a host may have switched off.</summary>
internal static class TextDirection
{
    private static readonly FrozenSet<string> RightToLeft =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "ar", "arc", "ckb", "dv", "fa", "ha-Arab", "he", "iw", "ks", "ku-Arab", "nqo", "pa-Arab", "ps", "sd", "syr", "ug", "ur", "yi");

    /// <summary><c>rtl</c> or <c>ltr</c>.</summary>
    /// <param name="language">A language tag such as <c>de</c> or <c>ar-EG</c>.</param>
    public static string Of(string language)
    {
        var parts = language.Split('-', '_');
        return RightToLeft.Contains(parts[0]) || (parts.Length > 1 && RightToLeft.Contains($"{parts[0]}-{parts[1]}")) ? "rtl" : "ltr";
    }
}
