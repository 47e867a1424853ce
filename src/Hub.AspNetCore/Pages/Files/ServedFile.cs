using System.IO.Compression;
using System.Security.Cryptography;

namespace JupyterHub.AspNetCore.Pages.Files;

/// <summary>A file of the pages, in memory, with what it is when compressed: made when a browser first wants that, then kept.</summary>
internal sealed class ServedFile
{
    /// <summary>Shorter ones gain nothing: their headers are longer.</summary>
    private const int ShortestCompressed = 512;

    private readonly Lazy<ReadOnlyMemory<byte>?> brotli;
    private readonly Lazy<ReadOnlyMemory<byte>?> gzip;

    public ServedFile(byte[] content, string extension)
    {
        Content = content;
        (ContentType, var isText) = TypeOf(extension);
        Version = Convert.ToHexStringLower(SHA256.HashData(content))[..16];
        IsCompressible = isText && content.Length >= ShortestCompressed;
        brotli = new(() => Compress(static to => new BrotliStream(to, CompressionLevel.SmallestSize)));
        gzip = new(() => Compress(static to => new GZipStream(to, CompressionLevel.SmallestSize)));
    }

    public ReadOnlyMemory<byte> Content { get; }

    public string ContentType { get; }

    /// <summary>Changes with the content.</summary>
    public string Version { get; }

    /// <summary>True where the answer depends on what the browser can unpack.</summary>
    public bool IsCompressible { get; }

    /// <summary>True for pictures that can hold scripts.</summary>
    public bool IsActive => ContentType == "image/svg+xml";

    /// <summary>The content in one of the encodings <c>br</c> and <c>gzip</c>; null where that would not be shorter.</summary>
    public ReadOnlyMemory<byte>? In(string encoding) => !IsCompressible ? null : encoding == "br" ? brotli.Value : gzip.Value;

    private ReadOnlyMemory<byte>? Compress(Func<Stream, Stream> open)
    {
        using var target = new MemoryStream();
        using (var stream = open(target))
        {
            stream.Write(Content.Span);
        }

        ReadOnlyMemory<byte> packed = target.ToArray();
        return packed.Length < Content.Length ? packed : null;
    }

    private static (string Type, bool IsText) TypeOf(string extension) => extension.ToUpperInvariant() switch
    {
        ".CSS" => ("text/css; charset=utf-8", true),
        ".JS" => ("text/javascript; charset=utf-8", true),
        ".SVG" => ("image/svg+xml", true),
        ".ICO" => ("image/vnd.microsoft.icon", true),
        ".PNG" => ("image/png", false),
        ".JPG" or ".JPEG" => ("image/jpeg", false),
        ".GIF" => ("image/gif", false),
        ".WEBP" => ("image/webp", false),
        _ => ("application/octet-stream", false),
    };
}
