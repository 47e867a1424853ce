using System.Text;
using JupyterHub.IntegrationTests.Harness;

namespace JupyterHub.IntegrationTests.Journeys;

/// <summary>Reads what a notebook server keeps in its signed cookie: <c>2|1:0|10:time|n:name|n:base64|signature</c>.</summary>
internal static class SignedCookies
{
    /// <summary>The visitor's OAuth token, which the server keeps for it.</summary>
    public static string TokenOf(CookieJar jar, HubVisitor visitor)
    {
        var cookie = jar.Find(visitor.ServerPath, $"jupyterhub-user-{visitor.Name}");
        Assert.True(cookie is not null, "The server has set no cookie with its visitor's token.");
        var value = cookie.Value.Trim('"').Split('|')[4];
        return Encoding.UTF8.GetString(Convert.FromBase64String(value[(value.IndexOf(':', StringComparison.Ordinal) + 1)..]));
    }
}
