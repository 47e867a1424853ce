using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Workspace.SignIn;

/// <summary>
/// Keeps the visitor's token in a protected cookie of this server alone. The keys live as long as this process, as
/// the hub makes a new OAuth client for every start anyway.
/// </summary>
internal sealed class TokenCookie(WorkspaceSettings settings, IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("token");
    private readonly string name = CookieNames.From(settings.ClientId);

    public string? Read(HttpRequest request)
    {
        if (!request.Cookies.TryGetValue(name, out var value) || value is not { Length: > 0 and < 4096 })
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

    public void Write(HttpContext context, string token) =>
        context.Response.Cookies.Append(name, protector.Protect(token), CookieNames.Options(context, settings));
}
