using Yarp.ReverseProxy.Forwarder;

namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>What failed, where YARP's forwarder would say it.</summary>
internal sealed class DirectError(ForwarderError error, Exception? exception) : IForwarderErrorFeature
{
    public ForwarderError Error => error;

    public Exception? Exception => exception;
}
