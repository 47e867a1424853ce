using System.Security.Cryptography;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Authentication;

namespace JupyterHub.AspNetCore.Logins;

/// <summary>
/// Binds a login that goes through the application's own authentication to the browser that began it: only a browser with the cookie of the
/// beginning can bring it to its end, once.
/// </summary>
internal sealed class LoginFlows(CookieSecret secret, LoginCookies cookies, TimeProvider time)
{
    public const string Parameter = "flow";

    private const string Prefix = "jupyterhub-login-";
    private const int IdLength = 32;

    /// <summary>How long a person may take at the provider.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>Begins and gives back the id.</summary>
    public string Begin(HubRequest request, string login)
    {
        var id = RandomNumberGenerator.GetHexString(IdLength, lowercase: true);
        var builder = cookies.Create(Prefix + id, Lifetime);
        var value = SignedValue.Create(secret.Key, Prefix + id, login, time.GetUtcNow().ToUnixTimeSeconds());
        request.Http.Response.Cookies.Append(builder.Name!, value, builder.Build(request.Http, time.GetUtcNow()));
        return id;
    }

    /// <summary>True if this browser began that login; it has then ended it.</summary>
    public bool End(HubRequest request, string login, string? id)
    {
        if (id is not { Length: IdLength } || !id.All(char.IsAsciiHexDigitLower))
        {
            return false;
        }

        var builder = cookies.Create(Prefix + id);
        if (!request.Http.Request.Cookies.TryGetValue(builder.Name!, out var cookie))
        {
            return false;
        }

        request.Http.Response.Cookies.Delete(builder.Name!, builder.Build(request.Http, time.GetUtcNow()));
        return SignedValue.TryDecode(secret.Key, Prefix + id, cookie, Lifetime, time.GetUtcNow(), out var begun, out _) && begun == login;
    }
}
