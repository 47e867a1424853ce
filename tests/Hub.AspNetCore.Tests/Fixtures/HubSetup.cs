using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Spawners.LocalProcess;
using Microsoft.AspNetCore.Builder;

namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>What a test wants of its hub and of the application around it.</summary>
internal sealed class HubSetup
{
    public Action<JupyterHubOptions>? Hub { get; set; }

    public Action<DummyAuthenticatorOptions>? Authenticator { get; set; }

    public Action<SimpleSpawnerOptions>? Spawner { get; set; }

    /// <summary>The application's own services, added before the hub's.</summary>
    public Action<WebApplicationBuilder>? Services { get; set; }

    /// <summary>The application's own services, added after the hub's.</summary>
    public Action<WebApplicationBuilder>? LateServices { get; set; }

    /// <summary>The application's own middleware and endpoints.</summary>
    public Action<WebApplication>? App { get; set; }

    public bool HasHub { get; set; } = true;

    public bool MapsRoot { get; set; } = true;

    /// <summary>An assembly with Razor pages of the host's own.</summary>
    public string? ApplicationName { get; set; }

    public string Environment { get; set; } = "Production";

    /// <summary>The platform's log output, with every line of it.</summary>
    public CapturedLogs? Logs { get; set; }
}
