using JupyterHub.Core.Configuration.Sources;
using JupyterHub.Core.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;

namespace Microsoft.Extensions.Configuration;

/// <summary>Adds the hub's configuration file to a host.</summary>
public static class HubConfigurationBuilderExtensions
{
    /// <summary>
    /// Adds a JSON file that the hub reads its section <c>JupyterHub</c> from; other sections go to the host as with <c>AddJsonFile</c>.
    /// What is wrong with the file stops the start with one line.
    /// </summary>
    /// <param name="builder">The host's configuration.</param>
    /// <param name="path">The file; a relative path is relative to the current folder.</param>
    /// <exception cref="HubStartupException">The file is missing, cannot be read or holds no JSON object.</exception>
    public static IConfigurationBuilder AddJupyterHubFile(this IConfigurationBuilder builder, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = Path.GetFullPath(path);
        if (!File.Exists(file))
        {
            throw new HubStartupException($"The configuration file {file} does not exist.");
        }

        return builder.Add(new HubFileConfigurationSource
        {
            // A file in a hidden folder is as good as any other; the platform's default would not find it.
            FileProvider = new PhysicalFileProvider(Path.GetDirectoryName(file)!, ExclusionFilters.None),
            Path = Path.GetFileName(file),
        });
    }
}
