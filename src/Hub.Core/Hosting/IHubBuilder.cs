using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.Core.Hosting;

/// <summary>Composes a hub: what <c>AddJupyterHub</c> returns and every <c>Use…</c> and <c>Add…</c> extends.</summary>
public interface IHubBuilder
{
    /// <summary>The host's services.</summary>
    IServiceCollection Services { get; }
}
