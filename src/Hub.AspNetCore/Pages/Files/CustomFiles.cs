using System.Globalization;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Configuration.Validation;
using JupyterHub.Core.Hosting;

namespace JupyterHub.AspNetCore.Pages.Files;

/// <summary>The operator's own logo and style sheets, read once at start.</summary>
internal sealed class CustomFiles
{
    private const int LargestLogo = 512 * 1024;
    private const int LargestStyleSheet = 256 * 1024;

    private readonly List<ServedFile> styleSheets;

    /// <exception cref="HubStartupException">A file cannot be read, or is too large.</exception>
    public CustomFiles(HubConfiguration configuration)
    {
        var checks = new SettingChecks(configuration.Origins);
        var hub = configuration.Hub;
        Logo = hub.LogoFile is { } file ? Read(file, LargestLogo, nameof(hub.LogoFile), checks) : null;
        styleSheets = [.. hub.Pages.StyleSheets.Select((path, index) => Read(path, LargestStyleSheet, $"{nameof(hub.Pages)}:{nameof(PageOptions.StyleSheets)}:{index}", checks))];
    }

    /// <summary>The operator's logo; null where the hub's own is shown.</summary>
    public ServedFile? Logo { get; }

    public string LogoUrl(string hubPath) => Logo is { } logo ? $"{hubPath}logo?v={logo.Version}" : StaticAssets.UrlOf(hubPath, StaticAssets.Logo);

    public IEnumerable<string> StyleSheetUrls(string hubPath) => styleSheets.Select((file, index) => $"{hubPath}custom/{index}.css?v={file.Version}");

    public static Task ServeLogoAsync(HubRequest request) => request.FileAsync(request.Get<CustomFiles>().Logo ?? StaticAssets.Find(StaticAssets.Logo));

    public static Task ServeStyleSheetAsync(HubRequest request)
    {
        var files = request.Get<CustomFiles>().styleSheets;
        var name = request.Value("name");
        return name.EndsWith(".css", StringComparison.Ordinal) && int.TryParse(name.AsSpan()[..^4], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < files.Count
            ? request.FileAsync(files[index])
            : throw HubHttpException.NotFound("There is no such file");
    }

    private static ServedFile Read(string path, int largest, string setting, SettingChecks checks)
    {
        setting = $"JupyterHub:{setting}";
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            checks.Require(stream.Length <= largest, setting, $"names a file of more than {largest / 1024} kB");
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return new ServedFile(content, Path.GetExtension(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new HubStartupException(checks.Error(setting, $"names the file {SettingErrors.Quote(path)}, which the hub cannot read").Message, problem);
        }
    }
}
