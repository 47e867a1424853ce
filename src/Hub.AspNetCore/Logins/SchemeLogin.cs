using System.Security.Claims;
using JupyterHub.AspNetCore.Requests;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.AspNetCore.Logins;

/// <summary>Any authentication scheme of the application as a login.</summary>
internal sealed class SchemeLogin(string name, SchemeLoginOptions settings, LoginFlows flows) : RedirectLogin(name, settings)
{
    public const string TypeName = "scheme";

    private const string FlowItem = "jupyterhub.flow";

    public override string Issuer => settings.Issuer is { Length: > 0 } issuer ? issuer : settings.Scheme;

    public override IReadOnlyList<string> SubjectClaims => [ClaimTypes.NameIdentifier, "sub"];

    public override IReadOnlyList<string> NameClaims => [ClaimTypes.Name, "preferred_username"];

    public override bool HasSeveralIssuers => settings.IssuerClaim.Length > 0;

    public override string? IssuerOf(ClaimsPrincipal principal)
    {
        if (settings.IssuerClaim.Length == 0)
        {
            return Issuer;
        }

        return principal.FindFirst(settings.IssuerClaim)?.Value is { Length: > 0 } claimed
            ? Core.Authentication.Identities.LoginIssuer.Qualify(Issuer, claimed)
            : null;
    }

    public override async Task<string?> ProblemAsync(IServiceProvider services)
    {
        var schemes = services.GetRequiredService<IAuthenticationSchemeProvider>();
        foreach (var scheme in new[] { settings.Scheme, settings.TicketScheme })
        {
            if (scheme is not null and not JupyterHubLogins.ExternalScheme && await schemes.GetSchemeAsync(scheme) is null)
            {
                return $"names the authentication scheme {scheme}, which the application does not register";
            }
        }

        return null;
    }

    public override async Task StartAsync(HubRequest request, string? next)
    {
        var id = flows.Begin(request, Name);
        var wanted = next is { Length: > 0 and <= LongestNext } ? $"&next={Uri.EscapeDataString(next)}" : "";
        var properties = new AuthenticationProperties { RedirectUri = $"{ReturnPath(request)}?{LoginFlows.Parameter}={id}{wanted}" };
        properties.Items[FlowItem] = id;
        var ticketScheme = await TicketSchemeAsync(request);
        if (ticketScheme == settings.Scheme && (await request.Http.AuthenticateAsync(ticketScheme)).Succeeded)
        {
            // Whoever is signed in at the application already need not be asked again.
            await request.RedirectAsync(properties.RedirectUri);
            return;
        }

        await request.Http.ChallengeAsync(settings.Scheme, properties);
    }

    public override async Task<LoginReturn> ReturnAsync(HubRequest request)
    {
        var id = request.Query(LoginFlows.Parameter);
        var next = request.Query("next");
        var isExternal = await TicketSchemeAsync(request) is var scheme && scheme == JupyterHubLogins.ExternalScheme;
        var ticket = await request.Http.AuthenticateAsync(scheme);
        if (isExternal)
        {
            await request.Http.SignOutAsync(scheme);
        }

        if (!flows.End(request, Name, id))
        {
            return LoginReturn.Failed(LoginFailure.Expired, "this browser did not begin it, or too long ago", next);
        }

        if (ticket is not { Succeeded: true, Principal.Identity.IsAuthenticated: true })
        {
            return LoginReturn.Failed(LoginFailure.Denied, "nobody came back", next);
        }

        // What somebody planted was brought back by another challenge than this one.
        var isPlanted = isExternal && !(ticket.Properties.Items.TryGetValue(FlowItem, out var begun) && begun == id);
        return isPlanted
            ? LoginReturn.Failed(LoginFailure.Expired, "who came back belongs to another login", next)
            : LoginReturn.Of(ticket.Principal, next);
    }

    private async Task<string> TicketSchemeAsync(HubRequest request)
    {
        if (settings.TicketScheme is { Length: > 0 } chosen)
        {
            return chosen;
        }

        var scheme = await request.Get<IAuthenticationSchemeProvider>().GetSchemeAsync(settings.Scheme);
        return typeof(IAuthenticationRequestHandler).IsAssignableFrom(scheme?.HandlerType) && !typeof(IAuthenticationSignInHandler).IsAssignableFrom(scheme.HandlerType)
            ? JupyterHubLogins.ExternalScheme
            : settings.Scheme;
    }
}
