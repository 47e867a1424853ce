using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>
/// Notices requests that a route sends back to this hub: each would be forwarded again until memory is gone. They carry a mark for every
/// time that they passed (RFC 8586).
/// </summary>
internal sealed class LoopGuard
{
    public const string HeaderName = "CDN-Loop";

    /// <summary>A server may call the hub with the headers that it was called with, and that server's server once more; nobody needs as many as this.</summary>
    public const int MostPasses = 5;

    // Not to be guessed: hubs in front of hubs tell themselves apart, and nobody can send requests that were never here.
    private readonly string mark = $"jupyterhub-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";

    /// <summary>True if the request passed here as often as it may.</summary>
    public bool IsLooping(HttpContext context)
    {
        var passes = 0;
        foreach (var value in context.Request.Headers[HeaderName])
        {
            passes += value.AsSpan().Count(mark);
        }

        return passes >= MostPasses;
    }

    /// <summary>True for the header that carries the marks.</summary>
    public static bool Owns(string name) => name.Length == HeaderName.Length && name.Equals(HeaderName, StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds this hub's mark to those that were received.</summary>
    public void AddTo<T>(ref T outgoing, HttpContext context)
        where T : IOutgoingHeaders
    {
        var received = context.Request.Headers[HeaderName];
        outgoing.Set(HeaderName, received.Count == 0 ? mark : $"{received}, {mark}");
    }
}
