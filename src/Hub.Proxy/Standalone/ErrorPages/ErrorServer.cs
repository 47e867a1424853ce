using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using JupyterHub.Proxy.Forwarding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone.ErrorPages;

/// <summary>Error pages from a server: <c>{target}/404?url=%2Fwhere%2Fsomebody%2Fwanted</c>. The hub is usually that server.</summary>
internal sealed class ErrorServer(UpstreamTarget target, HttpMessageInvoker client, TimeProvider time, ILogger<ErrorServer> logger) : IErrorPageSource, IDisposable
{
    private const int Longest = 4 * 1024 * 1024;

    // Somebody waits for a page that says that something did not work.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // A flood of failures must not become a flood of requests to the hub.
    private readonly SemaphoreSlim places = new(64);

    public async Task<ErrorContent?> FindAsync(HttpContext context, int status)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        try
        {
            await places.WaitAsync(either.Token);
            try
            {
                return await FetchAsync(AddressOf(context, status), either.Token);
            }
            finally
            {
                places.Release();
            }
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or OperationCanceledException)
        {
            if (!context.RequestAborted.IsCancellationRequested)
            {
                Log.PageNotFetched(logger, status, problem is OperationCanceledException ? "it took too long" : problem.Message);
            }

            return null;
        }
    }

    public void Dispose() => places.Dispose();

    private async Task<ErrorContent> FetchAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await client.SendAsync(request, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return new ErrorContent(await ReadAsync(body, cancellationToken), Header(response, "Content-Type"), Header(response, "Content-Encoding"));
    }

    private static async Task<byte[]> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var content = new ArrayBufferWriter<byte>();
        for (int read; (read = await body.ReadAsync(content.GetMemory(4096), cancellationToken)) > 0;)
        {
            content.Advance(read);
            if (content.WrittenCount > Longest)
            {
                throw new IOException("the page is too long");
            }
        }

        return content.WrittenSpan.ToArray();
    }

    private Uri AddressOf(HttpContext context, int status)
    {
        var wanted = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "/";

        // http for every target: the connection brings its own TLS.
        return new Uri($"http://{target.Authority}{target.Path}/{status.ToString(CultureInfo.InvariantCulture)}?url={Escape(wanted)}");
    }

    // As the original does, which leaves these as they are.
    private static string Escape(string text) => Uri.EscapeDataString(text)
        .Replace("%21", "!", StringComparison.Ordinal)
        .Replace("%27", "'", StringComparison.Ordinal)
        .Replace("%28", "(", StringComparison.Ordinal)
        .Replace("%29", ")", StringComparison.Ordinal)
        .Replace("%2A", "*", StringComparison.Ordinal);

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Content.Headers.NonValidated.TryGetValues(name, out HeaderStringValues values) ? values.ToString() : null;
}
