using System.Text;
using JupyterHub.AspNetCore.Hosting;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Configuration;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>For applications that are a hub and nothing else.</summary>
public static class HubListenerBuilderExtensions
{
    /// <summary>Stopping servers politely may take longer than the platform's half minute.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(90);

    /// <summary>
    /// Lets the hub own the application's listener: it listens on <c>JupyterHub:BindUrl</c>, by default <c>http://127.0.0.1:8000</c>.
    /// Leave it out where the application has listeners of its own.
    /// </summary>
    public static IHubBuilder ListenOnBindUrl(this IHubBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(HubListener)))
        {
            return builder;
        }

        services.TryAddSingleton<HubListener>();
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // Servers behind the proxy may send names of files in their headers as they are.
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        });
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);

        // Razor Pages bring data protection along, whose keys would otherwise be kept in the user's home.
        services.AddDataProtection();
        services.AddOptions<KeyManagementOptions>().PostConfigure<HubDataFolder, ILoggerFactory>((keys, folder, logs) =>
        {
            // What the application chose itself stays.
            if (keys.XmlRepository is null)
            {
                keys.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(Path.Combine(folder.Path, "keys")), logs);
                keys.XmlEncryptor ??= new NullXmlEncryptor();
            }
        });

        // What keeps the hub from starting is told in one line; the host would add the stack.
        // What the host logs of each request includes its query, and so authorization codes and tokens of forms.
        services.AddLogging(logging => logging
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
        return builder;
    }
}
