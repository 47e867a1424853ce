using JupyterHub.IntegrationTests.Harness;

namespace JupyterHub.IntegrationTests.Journeys;

/// <summary>Nothing that opens a door stands in a log.</summary>
internal static class SecretsAssert
{
    public static void NotInLog(HubProcess hub, CookieJar cookies, params string[] others)
    {
        var secrets = cookies.All.Select(cookie => cookie.Value.Trim('"')).Concat(others).Append(hub.UserPassword).Append(hub.AdminPassword);
        foreach (var secret in secrets.Where(secret => secret.Length >= 16))
        {
            Assert.DoesNotContain(secret, hub.Output, StringComparison.Ordinal);
        }
    }
}
