using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.Core.Hosting;

internal sealed class HubBuilder(IServiceCollection services) : IHubBuilder
{
    public IServiceCollection Services => services;
}
