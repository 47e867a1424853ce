namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>How requests are forwarded.</summary>
public enum ForwardingPath
{
    /// <summary>YARP's forwarder.</summary>
    Yarp,
}
