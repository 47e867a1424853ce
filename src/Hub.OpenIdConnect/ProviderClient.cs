using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JupyterHub.OpenIdConnect;

/// <summary>Talks to one provider: bounded in time and size, following no redirect, keeping no cookie.</summary>
internal sealed class ProviderClient : IDisposable
{
    private const int MostBytes = 1024 * 1024;

    private readonly HttpClient client;
    private readonly TimeSpan timeout;
    private readonly TimeProvider time;

    public ProviderClient(TimeSpan timeout, TimeProvider time)
    {
        (this.timeout, this.time) = (timeout, time);
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 64,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MostBytes,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("JupyterHub");
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
    }

    /// <summary>Fetches a document.</summary>
    /// <exception cref="LoginProblemException">There is none.</exception>
    public Task<JsonObject> GetAsync(string address, string? bearer, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (bearer is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {bearer}");
        }

        return SendAsync(request, cancellationToken);
    }

    /// <summary>Sends a request and reads its answer, a JSON object.</summary>
    /// <exception cref="LoginProblemException">The answer is none, too large or too late.</exception>
    public async Task<JsonObject> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var what = $"{request.RequestUri!.GetLeftPart(UriPartial.Path)}";
        using var late = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            using (request)
            {
                // The client's own limits hold for what it buffers, headers and body together.
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
                if (!response.IsSuccessStatusCode)
                {
                    throw (int)response.StatusCode >= 500
                        ? LoginProblemException.Unavailable($"{what} answered {(int)response.StatusCode}")
                        : LoginProblemException.Rejected($"{what} answered {(int)response.StatusCode}");
                }

                var body = await response.Content.ReadAsByteArrayAsync(either.Token);
                return Json.Object(body) ?? throw LoginProblemException.Rejected($"{what} answered no JSON object");
            }
        }
        catch (JsonException problem)
        {
            throw LoginProblemException.Rejected($"{what} answered no JSON", problem);
        }
        catch (OperationCanceledException problem) when (!cancellationToken.IsCancellationRequested)
        {
            throw LoginProblemException.Unavailable($"{what} took too long", problem);
        }
        catch (HttpRequestException problem) when (problem.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw LoginProblemException.Rejected($"{what} answered too much", problem);
        }
        catch (HttpRequestException problem)
        {
            throw LoginProblemException.Unavailable($"{what} cannot be reached ({problem.HttpRequestError})", problem);
        }
    }

    public void Dispose() => client.Dispose();
}
