using System.Net;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Authentication;

/// <summary>What tells anonymous visitors apart, under the original's environment variables.</summary>
internal sealed class XsrfSettings
{
    private const string HeadersVariable = "JUPYTERHUB_XSRF_ANONYMOUS_ID_HEADERS";
    private const string NetworksVariable = "JUPYTERHUB_XSRF_ANONYMOUS_IP_CIDRS";

    /// <summary>Headers whose values count.</summary>
    public IReadOnlyList<string> Headers { get; init; } = ["User-Agent"];

    /// <summary>Networks (of proxies in front, usually) whose addresses count as one.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; init; } = [];

    /// <summary>Reads the two variables, lists separated by semicolons.</summary>
    /// <exception cref="HubStartupException">A network is not written as address/length.</exception>
    public static XsrfSettings Read(Func<string, string?> variable) => new()
    {
        Headers = variable(HeadersVariable) is { } headers ? headers.Split(';') : ["User-Agent"],
        Networks = variable(NetworksVariable) is { Length: > 0 } networks ? [.. networks.Split(';').Select(ParseNetwork)] : [],
    };

    // A network with bits behind its length is a slip, here as in the original.
    private static IPNetwork ParseNetwork(string text) =>
        IPNetwork.TryParse(text, out var network) && IPAddress.TryParse(text.AsSpan(0, text.IndexOf('/', StringComparison.Ordinal)), out var address) && address.Equals(network.BaseAddress)
        ? network
        : throw new HubStartupException($"{NetworksVariable} must list networks such as 10.0.0.0/8, separated by semicolons; '{text}' is none.");
}
