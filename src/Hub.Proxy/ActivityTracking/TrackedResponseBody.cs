using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.Proxy.ActivityTracking;

/// <summary>An answer's body, with what is written to its stream marked on the route. All else, such as how it ends, stays the server's business.</summary>
internal sealed class TrackedResponseBody : IHttpResponseBodyFeature
{
    private readonly IHttpResponseBodyFeature inner;

    private TrackedResponseBody(IHttpResponseBodyFeature inner, RouteActivity activity, Action? givenUp)
    {
        this.inner = inner;
        Stream = new ActivityStream(inner.Stream, activity, givenUp: givenUp);
    }

    public Stream Stream { get; }

    public PipeWriter Writer => inner.Writer;

    /// <param name="context">The request.</param>
    /// <param name="activity">What is marked.</param>
    /// <param name="givenUp">Called when writing to the client is given up, before the host learns of it.</param>
    public static void Install(HttpContext context, RouteActivity activity, Action? givenUp) => context.Features.Set<IHttpResponseBodyFeature>(
        new TrackedResponseBody(context.Features.GetRequiredFeature<IHttpResponseBodyFeature>(), activity, givenUp));

    public static void Remove(HttpContext context)
    {
        if (context.Features.Get<IHttpResponseBodyFeature>() is TrackedResponseBody tracked)
        {
            context.Features.Set(tracked.inner);
        }
    }

    public void DisableBuffering() => inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        inner.SendFileAsync(path, offset, count, cancellationToken);

    public Task CompleteAsync() => inner.CompleteAsync();
}
