using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.Proxy.Tests.Forwarding.Direct;

/// <summary>An answer's body whose writer a test makes.</summary>
internal sealed class ScriptedBody(IHttpResponseBodyFeature plain, PipeWriter writer) : IHttpResponseBodyFeature
{
    public Stream Stream => plain.Stream;

    public PipeWriter Writer => writer;

    public void DisableBuffering() => plain.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => plain.StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        plain.SendFileAsync(path, offset, count, cancellationToken);

    public Task CompleteAsync() => plain.CompleteAsync();
}
