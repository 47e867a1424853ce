namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>How requests are forwarded.</summary>
public enum ForwardingPath
{
    /// <summary>YARP's forwarder.</summary>
    Yarp,

    /// <summary>Our own for plain HTTP/1.1.</summary>
    Direct,
}
