using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Logins;

/// <summary>
/// Adds the hub's external scheme to the handlers of the application, but not to its schemes: a scheme more or less in that list decides which one is
/// the default where the application names none.
/// </summary>
internal sealed class HubHandlerProvider(IAuthenticationHandlerProvider inner, ExternalTickets tickets) : IAuthenticationHandlerProvider
{
    private IAuthenticationHandler? external;

    public async Task<IAuthenticationHandler?> GetHandlerAsync(HttpContext context, string authenticationScheme) =>
        authenticationScheme == JupyterHubLogins.ExternalScheme
            ? external ??= await tickets.HandlerAsync(context)
            : await inner.GetHandlerAsync(context, authenticationScheme);
}
