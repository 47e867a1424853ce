using System.Text.Json.Nodes;
using System.Security.Claims;
using JupyterHub.AspNetCore.Logins;
using JupyterHub.AspNetCore.Requests;

namespace JupyterHub.OpenIdConnect;

/// <summary>A login where the hub is the client of a provider.</summary>
internal abstract class ProviderLogin : RedirectLogin, IDisposable
{
    private readonly ProviderHandlers handlers;

    protected ProviderLogin(string name, ProviderLoginOptions settings, ProviderHandlers handlers)
        : base(name, settings)
    {
        this.handlers = handlers;
        Client = settings;
        Http = new ProviderClient(TimeSpan.FromSeconds(settings.Timeout), handlers.Time);
    }

    public ProviderLoginOptions Client { get; }

    public ProviderClient Http { get; }

    /// <summary>True if the id token is bound to this sign-in by a nonce.</summary>
    public abstract bool HasNonce { get; }

    /// <summary>The address to send people to, without parameters of the protocol.</summary>
    public abstract Task<string> AuthorizationEndpointAsync(CancellationToken cancellationToken);

    public abstract Task<string> TokenEndpointAsync(CancellationToken cancellationToken);

    /// <summary>Refuses an answer that another provider gave (RFC 9207).</summary>
    public abstract Task CheckIssuerAsync(string? issuer, CancellationToken cancellationToken);

    /// <summary>Asks whom the tokens belong to.</summary>
    public abstract Task<ProviderAnswer> IdentifyAsync(JsonObject tokens, string accessToken, string nonce, CancellationToken cancellationToken);

    public override async Task StartAsync(HubRequest request, string? next)
    {
        var handler = await handlers.CreateAsync(this, request);
        try
        {
            await handler.StartAsync(next is { Length: > 0 and <= LongestNext } ? next : null);
        }
        catch (LoginProblemException problem)
        {
            await handlers.FailAsync(request, this, problem, next);
        }
    }

    public override async Task<LoginReturn> ReturnAsync(HubRequest request)
    {
        var handler = await handlers.CreateAsync(this, request);
        return await handler.ReturnAsync();
    }

    public void Dispose() => Http.Dispose();
}
