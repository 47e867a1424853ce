using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Localization;

namespace JupyterHub.AspNetCore.Pages.Texts;

/// <summary>Texts in resource files <c>HubTexts.…resx</c> of the host's own assembly: they go before the hub's, one by one.</summary>
internal sealed class HostTexts(IStringLocalizerFactory factory, IHostEnvironment environment)
{
    private readonly Lazy<IStringLocalizer?> localizer = new(() => Open(factory, environment));

    /// <summary>The host's text; null if it has none.</summary>
    public string? Find(string key) => localizer.Value?[key] is { ResourceNotFound: false } found ? found.Value : null;

    private static IStringLocalizer? Open(IStringLocalizerFactory factory, IHostEnvironment environment)
    {
        try
        {
            return factory.Create(nameof(HubTexts), environment.ApplicationName);
        }
        catch (Exception problem) when (problem is IOException or BadImageFormatException or ArgumentException)
        {
            // The application's name is no assembly: then it has no texts either.
            return null;
        }
    }
}
