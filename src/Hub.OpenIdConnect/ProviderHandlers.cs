using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using JupyterHub.AspNetCore.Logins;
using JupyterHub.AspNetCore.Requests;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace JupyterHub.OpenIdConnect;

/// <summary>Makes the platform's handler for one request. The handlers are no schemes of the application: nothing of its authentication changes.</summary>
internal sealed class ProviderHandlers(HubProtector protector, LoginCookies cookies, TimeProvider time, IServiceProvider services)
{
    /// <summary>How long a person may take at the provider.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, PropertiesDataFormat> states = new(StringComparer.Ordinal);

    public TimeProvider Time => time;

    public async Task<ProviderHandler> CreateAsync(ProviderLogin login, HubRequest request)
    {
        var settings = new ProviderOptions
        {
            Login = login,
            ClientId = login.Client.ClientId,
            ClientSecret = login.Client.ClientSecret?.Reveal() ?? "",
            CallbackPath = "/",
            SignInScheme = JupyterHubLogins.ExternalScheme,
            UsePkce = login.Client.UsePkce,
            StateDataFormat = states.GetOrAdd(login.Name, name => new PropertiesDataFormat(protector.CreateProtector($"state {name}"))),
            CorrelationCookie = cookies.Create($"jupyterhub-login-{login.Name}-", Lifetime),
            TimeProvider = time,
        };

        // The platform's handler writes states and cookies to its log at its lower levels.
        var handler = new ProviderHandler(request, new FixedOptions<ProviderOptions>(settings), NullLoggerFactory.Instance, UrlEncoder.Default);
        await handler.InitializeAsync(new AuthenticationScheme(login.Name, null, typeof(ProviderHandler)), request.Http);
        return handler;
    }

    public Task FailAsync(HubRequest request, ProviderLogin login, LoginProblemException problem, string? next) =>
        services.GetRequiredService<RedirectSession>().FailAsync(request, login, LoginReturn.Failed(problem.Failure, problem.Message, next));
}
