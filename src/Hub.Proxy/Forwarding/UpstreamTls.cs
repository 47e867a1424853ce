namespace JupyterHub.Proxy.Forwarding;

/// <summary>The credentials for https targets as they are now. Whoever watches their files swaps them as a whole; connections made from then on use the new ones.</summary>
internal sealed class UpstreamTls(UpstreamCredentials? credentials = null)
{
    private volatile UpstreamCredentials current = credentials ?? UpstreamCredentials.None;

    public UpstreamCredentials Current
    {
        get => current;
        set => current = value;
    }
}
