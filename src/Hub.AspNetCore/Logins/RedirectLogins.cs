using JupyterHub.Core.Authentication;
using JupyterHub.Core.Authentication.Identities;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.AspNetCore.Logins;

/// <summary>The hub's redirect logins, in the order of their buttons.</summary>
internal sealed class RedirectLogins
{
    private readonly IServiceProvider services;

    public RedirectLogins(HubConfiguration configuration, IServiceProvider services)
    {
        this.services = services;
        HasForm = configuration.Authenticator?.Implementation != typeof(NoFormAuthenticator);
        All = [.. configuration.Logins.Select(login =>
            (RedirectLogin)ActivatorUtilities.CreateInstance(services, login.Component.Implementation, login.Name, login.Component.Options))];
        Issuers = new LoginIssuers([.. All.Select(login => new LoginIssuer(login.Issuer, TrustOf(login)))]);
    }

    public IReadOnlyList<RedirectLogin> All { get; }

    /// <summary>True if people can sign in by a form too.</summary>
    public bool HasForm { get; }

    public LoginIssuers Issuers { get; }

    public RedirectLogin? Find(string name) => All.FirstOrDefault(login => login.Name == name);

    /// <summary>What the login's names mean here.</summary>
    public NameTrust TrustOf(RedirectLogin login) => login.Settings.TrustNames switch
    {
        true => NameTrust.Declared,
        false => NameTrust.None,
        null => All.Count == 1 && !HasForm && !login.HasSeveralIssuers ? NameTrust.Implied : NameTrust.None,
    };

    /// <exception cref="HubStartupException">The application lacks something that a login needs.</exception>
    public async Task CheckAsync()
    {
        await using var scope = services.CreateAsyncScope();
        foreach (var login in All)
        {
            if (await login.ProblemAsync(scope.ServiceProvider) is { } problem)
            {
                throw new HubStartupException($"{KnownSettings.Logins}:{login.Name} {problem}.");
            }
        }
    }
}
