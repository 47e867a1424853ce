using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.Client.Authentication;

/// <summary>What an app may ask about a request of a visitor.</summary>
public static class HubContextExtensions
{
    /// <summary>
    /// The token that a form of this app sends in its field <c>_xsrf</c>, or a script in the header <c>X-XSRFToken</c>; null unless a
    /// browser's cookie says whom the request comes from.
    /// </summary>
    public static string? GetHubXsrfToken(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.RequestServices.GetRequiredService<TokenCookie>().Read(context.Request) is { } token ? XsrfToken.Of(token) : null;
    }

    /// <summary>
    /// For connections that stay open: false once the visitor has signed out or lost access, noticed within the cache's lifetime. While
    /// the hub cannot be asked, nobody is thrown out.
    /// </summary>
    public static async Task<bool> IsHubVisitorStillWelcomeAsync(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            return await context.RequestServices.GetRequiredService<Visitors>().FindAsync(context) is not null;
        }
        catch (HubRefusalException)
        {
            return false;
        }
        catch (JupyterHubException)
        {
            return true;
        }
    }
}
