using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Client.Authentication;

/// <summary>Keeps the visitor's token in a protected cookie of this app alone.</summary>
internal sealed class TokenCookie(ServiceSettings settings, IDataProtectionProvider protection)
{
    private const int Longest = 4096;
    private readonly IDataProtector protector = protection.CreateProtector("JupyterHub.Client", settings.ClientId, "token");

    public bool IsPresent(HttpRequest request) => request.Cookies.ContainsKey(settings.Cookies.TokenName);

    /// <summary>Null when there is none that this app has made.</summary>
    public string? Read(HttpRequest request)
    {
        if (!request.Cookies.TryGetValue(settings.Cookies.TokenName, out var value) || value is not { Length: > 0 and <= Longest })
        {
            return null;
        }

        try
        {
            return protector.Unprotect(value);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public void Write(HttpContext context, string token)
    {
        context.Response.Cookies.Append(settings.Cookies.TokenName, protector.Protect(token), settings.Cookies.Options(context));
        var readable = settings.Cookies.Options(context);
        readable.HttpOnly = false;
        context.Response.Cookies.Append(settings.Cookies.XsrfName, XsrfToken.Of(token), readable);
    }

    public void Clear(HttpContext context)
    {
        context.Response.Cookies.Delete(settings.Cookies.TokenName, settings.Cookies.Options(context));
        context.Response.Cookies.Delete(settings.Cookies.XsrfName, settings.Cookies.Options(context));
    }
}
