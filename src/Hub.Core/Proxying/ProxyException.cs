using System.Net;

namespace JupyterHub.Core.Proxying;

/// <summary>A proxy that is another program did not do what it was asked.</summary>
/// <param name="message">What went wrong; it holds no secret, but addresses that are not everybody's business.</param>
/// <param name="inner">The cause, if there is one.</param>
/// <param name="status">What it answered; null if it did not.</param>
internal sealed class ProxyException(string message, Exception? inner = null, HttpStatusCode? status = null) : HttpRequestException(message, inner, status)
{
    /// <summary>True when it did not take this one change, and may well take others.</summary>
    public bool IsRefusal => StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.InsufficientStorage;
}
