using System.Collections.Frozen;
using System.Reflection;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Files;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>The style sheet, pictures and scripts of the hub's pages, kept inside the assembly.</summary>
internal static class StaticAssets
{
    public const string Logo = "hub.svg";

    private const string Prefix = "wwwroot/";

    private static readonly FrozenDictionary<string, ServedFile> Assets = Load();

    public static void Map(HubRouteTable routes)
    {
        foreach (var method in new[] { "GET", "HEAD" })
        {
            routes.Page(method, "static/{*name}", ServeAsync).IgnoreCredentials();
            routes.Page(method, "logo", CustomFiles.ServeLogoAsync).IgnoreCredentials();
            routes.Page(method, "custom/{name}", CustomFiles.ServeStyleSheetAsync).IgnoreCredentials();
        }
    }

    /// <summary>What browsers and robots look for at the top of a host that is the hub's alone; null for everything else.</summary>
    public static Func<HubRequest, Task>? AtTop(string path) => path switch
    {
        "favicon.ico" => request => request.FileAsync(request.Get<CustomFiles>().Logo ?? Find(path)),
        "robots.txt" => _ => throw HubHttpException.NotFound("There is no such file"),
        _ => null,
    };

    public static string UrlOf(string hubPath, string name) =>
        Assets.TryGetValue(name, out var file) ? $"{hubPath}static/{name}?v={file.Version}" : throw new ArgumentException("The hub has no such file.", nameof(name));

    public static ServedFile Find(string name) => Assets.TryGetValue(name, out var file) ? file : throw HubHttpException.NotFound("There is no such file");

    private static Task ServeAsync(HubRequest request) => request.FileAsync(Find(request.Value("name")));

    private static FrozenDictionary<string, ServedFile> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Prefix.Length..], name => Read(assembly, name), StringComparer.Ordinal);
    }

    private static ServedFile Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new ServedFile(content, Path.GetExtension(name));
    }
}
