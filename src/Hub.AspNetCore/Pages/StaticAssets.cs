using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>The style sheet, pictures and scripts of the hub's pages, kept inside the assembly.</summary>
internal static class StaticAssets
{
    private const string Prefix = "wwwroot/";

    private static readonly FrozenDictionary<string, Asset> Assets = Load();

    public static void Map(HubRouteTable routes)
    {
        routes.Page("GET", "static/{*name}", ServeAsync).IgnoreCredentials();
        routes.Page("GET", "logo", request => ServeAsync(request, "hub.svg")).IgnoreCredentials();
    }

    /// <summary>What browsers and robots look for at the top of a host that is the hub's alone; null for everything else.</summary>
    public static Func<HubRequest, Task>? AtTop(string path) => path switch
    {
        "favicon.ico" => request => ServeAsync(request, path),
        "robots.txt" => _ => throw HubHttpException.NotFound("There is no such file"),
        _ => null,
    };

    public static string UrlOf(string hubPath, string name) => $"{hubPath}static/{name}?v={Assets[name].Version}";

    private static Task ServeAsync(HubRequest request) => ServeAsync(request, request.Value("name"));

    private static Task ServeAsync(HubRequest request, string name)
    {
        if (!Assets.TryGetValue(name, out var asset))
        {
            throw HubHttpException.NotFound("There is no such file");
        }

        var response = request.Http.Response;
        response.ContentType = asset.ContentType;
        response.ContentLength = asset.Content.Length;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = request.Query("v") is null ? "no-cache" : "public, max-age=31536000, immutable";
        return response.Body.WriteAsync(asset.Content, request.Aborted).AsTask();
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Prefix.Length..], name => Read(assembly, name), StringComparer.Ordinal);
    }

    private static Asset Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var type = Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".ico" => "image/vnd.microsoft.icon",
            _ => "application/octet-stream",
        };
        return new Asset(content, type, Convert.ToHexStringLower(SHA256.HashData(content))[..16]);
    }

    private sealed record Asset(byte[] Content, string ContentType, string Version);
}
