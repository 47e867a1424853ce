using System.Net;
using System.Text.Json.Nodes;
using JupyterHub.Core.Authentication;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Authentication;

public class XsrfMatrixTests
{
    private static readonly string[] RefusalTexts = ["'_xsrf' argument missing", "XSRF cookie does not match", "Login form invalid or expired"];

    [Fact]
    public void Every_recorded_case_is_refused_or_let_on_as_recorded()
    {
        // The sessions of the record began before its cases, so a token made now is another one.
        var earlier = Tokens(TimeSpan.Zero);
        var tokens = Tokens(TimeSpan.FromMinutes(1));
        var anonymousId = new XsrfIds(new XsrfSettings()).OfAnonymous(null, IPAddress.Loopback, _ => "browser-matrix");
        var wrong = new List<string>();
        var played = 0;
        foreach (var (id, index) in BrowserMatrix.Group("xsrf"))
        {
            if (BrowserMatrix.IsMended("xsrf", id))
            {
                continue;
            }

            played++;
            var answer = BrowserMatrix.Answer(index!);
            var recorded = RefusalTexts.FirstOrDefault(text => text == answer.Text("d"));
            var (refusal, token) = new XsrfMatrixCase(id, earlier, tokens, anonymousId).Play();
            if (!Fits(recorded, refusal) || !SetsCookie(id, recorded, answer, token))
            {
                wrong.Add($"{id}: recorded {answer.ToJsonString()}, is {refusal ?? "let on"}, {token.MustSetCookie}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {played}\n{string.Join('\n', wrong.Take(30))}");
        Assert.True(played > 2000);
    }

    private static bool Fits(string? recorded, string? refusal) => recorded switch
    {
        null => refusal is null,
        "Login form invalid or expired" => refusal is not null,
        _ => refusal?.StartsWith(recorded, StringComparison.Ordinal) == true,
    };

    // Where the token was certainly asked for, the answer tells whether the cookie had to be set.
    private static bool SetsCookie(string id, string? recorded, JsonObject answer, XsrfToken token)
    {
        var asked = recorded == "XSRF cookie does not match" || (id.StartsWith("get-page", StringComparison.Ordinal) && (int)answer["s"]! == 200);
        return !asked || token.MustSetCookie == (answer["n"]?.AsArray().Any(name => (string?)name == XsrfTokens.Name) ?? false);
    }

    private static XsrfTokens Tokens(TimeSpan later)
    {
        var time = new FakeTime();
        time.Advance(later);
        return new XsrfTokens(new CookieSecret(SignedValueVectors.Secret), time);
    }
}
