using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using JupyterHub.Spawners.LocalProcess;
using Microsoft.AspNetCore.Builder;

namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>What a test wants of its hub and of the application around it.</summary>
internal sealed class HubSetup
{
    public Action<JupyterHubOptions>? Hub { get; set; }

    public Action<DummyAuthenticatorOptions>? Authenticator { get; set; }

    public Action<SimpleSpawnerOptions>? Spawner { get; set; }

    /// <summary>A recorded hub's configuration below tests/data, read from a copy in the test's folder; it wins over what is set here in code.</summary>
    public string? ConfigurationFile { get; set; }

    /// <summary>Settings of section JupyterHub, by keys such as <c>Spawner:HttpTimeout</c>; they win over the file.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    /// <summary>Declares more in code.</summary>
    public Action<IHubBuilder>? Builder { get; set; }

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
