namespace JupyterHub.Core.Addressing;

/// <summary>Where this hub is found. Paths are fixed at start; the connect address is known once the listener is bound.</summary>
internal sealed class HubAddresses
{
    private volatile Uri? connectUrl;

    public HubAddresses(string basePath, Uri? publicUrl = null)
    {
        BasePath = basePath;
        PublicUrl = publicUrl;
    }

    /// <summary>Path prefix of the whole deployment, escaped, with a slash at both ends: <c>/</c> or <c>/lab/</c>.</summary>
    public string BasePath { get; }

    /// <summary>Path of the hub: <c>{BasePath}hub/</c>.</summary>
    public string HubPath => BasePath + "hub/";

    /// <summary>How browsers see the deployment, when configured; ends in <see cref="BasePath"/>.</summary>
    public Uri? PublicUrl { get; }

    /// <summary>Origin (scheme, host, port) that servers, services and the proxy call the hub at.</summary>
    /// <exception cref="InvalidOperationException">The listener is not bound yet.</exception>
    public Uri ConnectUrl => connectUrl ?? throw new InvalidOperationException("The hub's address is not known before its listener is bound.");

    /// <summary>True once <see cref="ConnectUrl"/> is known.</summary>
    public bool IsBound => connectUrl is not null;

    /// <summary>Called once, when the listener is bound.</summary>
    public void Bind(Uri url) => connectUrl = url;
}
