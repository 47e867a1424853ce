using JupyterHub.IntegrationTests.Harness;
using JupyterHub.Testing;

namespace JupyterHub.Client.Tests.Fixtures;

/// <summary>
/// Debian's JupyterHub with the sample WhoAmI as a service that it starts, an app of this process as a service that it does not,
/// and a service that only calls its API.
/// </summary>
public sealed class OriginalServices : IAsyncLifetime
{
    internal const string CallerToken = "the-token-of-the-caller-0123456789";
    private readonly int whoAmI = FreePort.Find();
    private readonly int probe = FreePort.Find();

    internal OriginalHub Hub { get; private set; } = null!;

    internal HubApp Probe { get; private set; } = null!;

    internal string ApiUrl => new Uri(Hub.Address, "hub/api").ToString();

    /// <summary>Calls the API as a service with most permissions.</summary>
    internal JupyterHubClient Caller => ClientOf(CallerToken);

    public async Task InitializeAsync()
    {
        Hub = await OriginalHub.StartNewAsync(Configuration);
        try
        {
            Probe = await HubApp.StartAsync(ApiUrl, "probe", probe, hub => hub.CacheLifetime = TimeSpan.FromMilliseconds(100));
        }
        catch
        {
            await Hub.DisposeAsync();
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        await Probe.DisposeAsync();
        await Hub.DisposeAsync();
    }

    internal JupyterHubClient ClientOf(string token)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        return new(http, new() { ApiUrl = ApiUrl, ApiToken = token });
    }

    /// <summary>A person at the hub, signed in there.</summary>
    internal async Task<HubVisitor> SignInAsync(string user)
    {
        var visitor = new HubVisitor(Hub, user);
        await visitor.MustSignInAsync();
        return visitor;
    }

    internal string Configuration(string mark) =>
        $$"""
        c.Authenticator.admin_users = {'root'}
        c.JupyterHub.allow_named_servers = True
        c.JupyterHub.load_groups = {'staff': ['ben']}
        c.JupyterHub.services = [
            {
                'name': 'whoami', 'url': 'http://127.0.0.1:{{whoAmI}}', 'oauth_no_confirm': True,
                'command': ['{{Programs.Dotnet}}', '{{WhoAmI}}'], 'environment': {'{{MarkedProcesses.Variable}}': '{{mark}}'},
            },
            {'name': 'probe', 'url': 'http://127.0.0.1:{{probe}}', 'oauth_no_confirm': True, 'api_token': '{{HubApp.ApiToken}}'},
            {'name': 'caller', 'api_token': '{{CallerToken}}'},
        ]
        c.JupyterHub.load_roles = [
            {'name': 'visitors', 'scopes': ['access:services'], 'users': ['ada'], 'groups': ['staff'], 'services': ['caller']},
            {'name': 'callers', 'services': ['caller'], 'scopes': [
                'admin:users', 'admin:servers', 'admin:groups', 'tokens', 'list:services', 'read:services', 'read:hub', 'proxy', 'shutdown']},
        ]
        """;

    internal static string WhoAmI { get; } = Programs.SampleHost.Replace("SampleHost", "WhoAmI", StringComparison.Ordinal);
}
