namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>Texts that would be markup, script or an address if any page took them for more than text.</summary>
internal static class HostileTexts
{
    public static readonly string[] All =
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg/onload=alert(1)>", "</title><script>alert(1)</script>", "</textarea><script>alert(1)</script>",
        "<!--<script>", "]]><script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;", "javascript:alert(1)", "[click](javascript:alert(1))", "[click](data:text/html,<script>alert(1)</script>)",
        "[a\" onmouseover=\"alert(1)](https://example.org/)", "https://example.org/\"onmouseover=\"alert(1)", "https://example.org/<script>alert(1)</script>", "[x](https://example.org/\"><script>alert(1)</script>)",
        "{{constructor.constructor('alert(1)')()}}", "@(7*7)", "${7*7}", "<a href=//evil.example>x</a>", "<base href=//evil.example/>", "<meta http-equiv=refresh content=0;url=//evil.example>", "<style>*{display:none}</style>",
        "\u202e<script>", "＜script＞alert(1)＜/script＞", "x\" autofocus onfocus=\"alert(1)",
    ];

    /// <summary>Nothing of the texts has become an element, an attribute or an address.</summary>
    public static void AssertHarmless(string page)
    {
        foreach (var forbidden in new[] { "<script>", "<img src=x", "<svg", "<style", "<base", "<meta http-equiv", "<a href=//", "onerror=alert(1)>", "href=\"javascript:", "href=\"data:", "href=\"//evil" })
        {
            Assert.DoesNotContain(forbidden, page, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotMatch("""<[^>]*"[^"<>]*"\s*on[a-z]+\s*=""", page);
    }
}
