using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace JupyterHub.Core.Configuration.Sources;

/// <summary>A JSON file given to the hub: <see cref="HubFileConfigurationProvider"/>.</summary>
internal sealed class HubFileConfigurationSource : JsonConfigurationSource
{
    public override IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        EnsureDefaults(builder);
        return new HubFileConfigurationProvider(this);
    }
}
