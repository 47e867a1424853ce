using System.Net;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Authentication;

/// <summary>A <c>dummy</c> authenticator without a password may serve this machine only.</summary>
internal static class LoopbackRequirement
{
    /// <summary>Checks the addresses that the hub listens on.</summary>
    /// <exception cref="HubStartupException">Somebody else's machine could reach the hub.</exception>
    public static void Check(DummyAuthenticatorOptions options, IEnumerable<Uri> listeners)
    {
        if (options.Password?.Reveal() is { Length: > 0 })
        {
            return;
        }

        if (listeners.FirstOrDefault(listener => !IsLoopback(listener)) is { } open)
        {
            throw new HubStartupException(
                $"Authenticator:Password must be set: the dummy authenticator without one lets anybody be anyone, and the hub listens on {open.GetLeftPart(UriPartial.Authority)}. Or set BindUrl to http://127.0.0.1:8000.");
        }
    }

    private static bool IsLoopback(Uri listener) =>
        listener.DnsSafeHost == "localhost" || (IPAddress.TryParse(listener.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));
}
