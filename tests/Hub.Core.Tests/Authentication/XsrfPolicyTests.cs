using JupyterHub.Core.Authentication;

namespace JupyterHub.Core.Tests.Authentication;

public class XsrfPolicyTests
{
    private static readonly string[] Methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];
    private static readonly string?[] Modes = [null, "navigate", "cors", "no-cors", "same-origin", "websocket", "x"];
    private static readonly string?[] Sites = [null, "none", "same-origin", "same-site", "cross-site"];

    [Fact]
    public void The_whole_matrix_follows_the_contract()
    {
        var combinations =
            from isApi in new[] { true, false }
            from method in Methods
            from mode in Modes
            from site in Sites
            from credential in Enum.GetValues<Credential>()
            from hasOrigin in new[] { true, false }
            from isExempt in new[] { true, false }
            select new XsrfRequest
            {
                IsApi = isApi,
                Method = method,
                FetchMode = mode,
                FetchSite = site,
                Credential = credential,
                HasOrigin = hasOrigin,
                IsExempt = isExempt,
            };

        Assert.All(combinations, request => Assert.Equal(Expected(request), XsrfPolicy.MustCheck(request)));
    }

    [Theory]
    [InlineData("same-origin")]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public void Cve_2026_40864_a_form_posted_without_cors_is_checked(string site) => Assert.True(XsrfPolicy.MustCheck(
        new XsrfRequest { IsApi = false, Method = "POST", Credential = Credential.Cookie, FetchMode = "no-cors", FetchSite = site }));

    [Fact]
    public void Cve_2020_36191_scripts_of_other_sites_are_checked_on_the_api_also_for_reading() => Assert.True(XsrfPolicy.MustCheck(
        new XsrfRequest { IsApi = true, Method = "GET", Credential = Credential.Cookie, FetchMode = "cors", FetchSite = "cross-site" }));

    // Contract 7.3, rule by rule.
    private static bool Expected(XsrfRequest request)
    {
        var readsOnly = request.Method is "GET" or "HEAD" or "OPTIONS";
        bool[] skipped =
        [
            request.IsExempt,
            request.IsApi ? request.Method is "HEAD" or "OPTIONS" : readsOnly,
            request.Credential == Credential.Token,
            request.IsApi && request.Credential == Credential.None && !request.HasOrigin,
            request.FetchMode == "websocket",
            readsOnly && request.FetchMode is null or "navigate" && readsOnly,
            readsOnly && request.FetchMode == "no-cors" && request.FetchSite == "same-origin",
        ];
        return !skipped.Contains(true);
    }
}
