using Yarp.ReverseProxy.Forwarder;

namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>What failed, where YARP's forwarder would say it.</summary>
internal sealed class DirectError(ForwarderError error, Exception? exception, bool isClientGone) : IForwarderErrorFeature
{
    public ForwarderError Error => error;

    public Exception? Exception => exception;

    /// <summary>True when the client had left by then: afterwards, an answer that the proxy breaks off looks the same.</summary>
    public bool IsClientGone => isClientGone;
}
