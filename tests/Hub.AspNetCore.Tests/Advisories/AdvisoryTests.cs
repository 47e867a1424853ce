using System.Reflection;

namespace JupyterHub.AspNetCore.Tests.Advisories;

/// <summary>Every published security bug of the original hub has a test here whose name has its number.</summary>
/// <remarks>
/// | id | class | where |
/// |-|-|-|
/// | GHSA-69wv-m5fw-2fhp | filtered scope on an endpoint without resource | Authorization/ScopeGateTests, GateOverHttpTests |
/// | GHSA-c4gm-pwx9-9w8j | `next` as markup | Pages/AcceptShareTests, RedirectTests, MarkupTests |
/// | CVE-2026-54338 (GHSA-p43p-whwx-q52h) | endless names in logs | Pages/SignInTests |
/// | CVE-2026-40864 (GHSA-m68r-v472-jgq9) | no-cors taken for same-origin | Pages/PagesTests, CrossSiteFormTests |
/// | CVE-2026-33709 (GHSA-3vff-hjqv-m7h8), CVE-2019-10255 | open redirect | Pages/SignInTests, RedirectTests |
/// | CVE-2024-41942 (GHSA-9x4q-3gxw-849f) | holder of admin:users makes an admin | Api/User*Tests, AdminGrantTests |
/// | CVE-2024-28233 (GHSA-7r3h-4ph8-w38g) | cookies of neighbours | Pages/CookieTests, NeighbourTests |
/// | GHSA-cw7p-q79f-m2v7 | incomplete logout | Pages/SignInTests, ConcurrentSignOutTests |
/// | CVE-2020-36191 | CSRF on the API with a cookie | Xsrf/XsrfMatrixTests, CrossSiteFormTests |
/// </remarks>
public sealed class AdvisoryTests
{
    [Theory]
    [InlineData("GHSA-69wv-m5fw-2fhp")]
    [InlineData("GHSA-c4gm-pwx9-9w8j")]
    [InlineData("CVE-2026-54338")]
    [InlineData("CVE-2026-40864")]
    [InlineData("CVE-2026-33709")]
    [InlineData("CVE-2019-10255")]
    [InlineData("CVE-2024-41942")]
    [InlineData("CVE-2024-28233")]
    [InlineData("GHSA-cw7p-q79f-m2v7")]
    [InlineData("CVE-2020-36191")]
    public void It_has_a_test(string id)
    {
        var mark = id.Replace('-', '_') + "_";
        var tests = typeof(AdvisoryTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttributes<FactAttribute>().Any() && method.Name.Contains(mark, StringComparison.Ordinal));

        Assert.NotEmpty(tests);
    }
}
