using System.Text.RegularExpressions;

namespace JupyterHub.AspNetCore.Tests.Advisories;

/// <summary>GHSA-c4gm-pwx9-9w8j: what a link says never becomes markup, on any page.</summary>
public sealed partial class MarkupTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    /// <summary>
    /// An operator's own form of start options is markup, like a template; it is written by one file, which knows nothing but the setting: nothing
    /// that a request or a user says can get into it.
    /// </summary>
    private const string OperatorsForm = "RawOptionsForm.cs";

    [Fact]
    public void GHSA_c4gm_pwx9_9w8j_no_view_writes_raw_markup()
    {
        var views = Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cshtml", SearchOption.AllDirectories);
        Assert.NotEmpty(views);
        foreach (var view in views.Concat(Directory.GetFiles(Path.Combine(Repository.Root, "src", "Hub.AspNetCore"), "*.cs", SearchOption.AllDirectories)))
        {
            if (Path.GetFileName(view) != OperatorsForm)
            {
                Assert.DoesNotMatch(Raw(), File.ReadAllText(view));
            }
        }
    }

    [Fact]
    public void GHSA_c4gm_pwx9_9w8j_the_one_exception_writes_a_setting_and_nothing_else()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "src"), OperatorsForm, SearchOption.AllDirectories);
        var code = File.ReadAllText(Assert.Single(files));
        Assert.Contains("public static IHtmlContent Of(SpawnerOptions options) => new HtmlString(options.OptionsForm);", code, StringComparison.Ordinal);
        Assert.Single(Raw().Matches(code[code.IndexOf("new HtmlString", StringComparison.Ordinal)..]));
        Assert.Single(code.Split('\n'), line => line.Contains("=>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("/\"><script>alert(1)</script>")]
    [InlineData("/' onmouseover='alert(1)")]
    [InlineData("/\" autofocus onfocus=\"alert(1)")]
    [InlineData("/{{7*7}}<!--")]
    public async Task GHSA_c4gm_pwx9_9w8j_every_page_shows_it_as_text(string text)
    {
        var browser = await Host.SignInAsync("shown");
        var escaped = Uri.EscapeDataString(text);
        foreach (var target in new[]
        {
            $"/hub/login?next={escaped}&username={escaped}", $"/hub/home?next={escaped}", $"/hub/accept-share?code=x&next={escaped}", $"/hub/spawn-pending/shown?next={escaped}",
            $"/hub/error/404?url={escaped}", $"/hub/user/shown/{escaped}?x={escaped}", $"/hub/nothing/{escaped}", $"/hub/api/oauth2/authorize?client_id={escaped}&state={escaped}",
        })
        {
            foreach (var visitor in new[] { browser.Copy(), Host.Browser() })
            {
                using var answer = await visitor.GetAsync(target);
                if (answer.Content.Headers.ContentType?.MediaType != "text/html")
                {
                    continue;
                }

                var page = await answer.TextAsync();
                Assert.DoesNotContain("<script>alert", page, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotMatch(Handler(), Values().Replace(page, "\"\""));
                Assert.DoesNotMatch(ScriptLink(), page);
                var policy = answer.Header("Content-Security-Policy")!;
                Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
                Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            }
        }
    }

    [GeneratedRegex(@"Html\.Raw|HtmlString|IHtmlContent|WriteLiteral\(")]
    private static partial Regex Raw();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Values();

    [GeneratedRegex("""<[^>]*\son\w+\s*=""", RegexOptions.IgnoreCase)]
    private static partial Regex Handler();

    [GeneratedRegex("""(href|src|action)\s*=\s*["']?\s*(javascript|data|vbscript):""", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptLink();
}
