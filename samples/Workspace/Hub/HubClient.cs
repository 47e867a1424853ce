using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Workspace.Hub;

/// <summary>The three calls that a server makes to its hub.</summary>
internal sealed class HubClient(HttpClient http, WorkspaceSettings settings)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>Trades the code of a finished sign-in for the visitor's token; null when the hub refuses it.</summary>
    public async Task<string?> ExchangeAsync(string code, string verifier, CancellationToken cancellation)
    {
        using var request = Request(HttpMethod.Post, settings.ApiUrl + "/oauth2/token", settings.ApiToken);
        request.Content = new FormUrlEncodedContent(
        [
            new("grant_type", "authorization_code"),
            new("client_id", settings.ClientId),
            new("client_secret", settings.ApiToken),
            new("code", code),
            new("redirect_uri", settings.CallbackUrl),
            new("code_verifier", verifier),
        ]);
        return (await SendAsync<HubTokenAnswer>(request, cancellation))?.AccessToken;
    }

    /// <summary>Whom a token belongs to; null when the hub does not know it.</summary>
    public async Task<HubUser?> IdentifyAsync(string token, CancellationToken cancellation)
    {
        using var request = Request(HttpMethod.Get, settings.ApiUrl + "/user", token);
        return await SendAsync<HubUser>(request, cancellation);
    }

    public async Task PostActivityAsync(string url, DateTimeOffset time, CancellationToken cancellation)
    {
        var stamp = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        using var request = Request(HttpMethod.Post, url, settings.ApiToken);
        request.Content = JsonContent.Create(new Dictionary<string, object>
        {
            ["last_activity"] = stamp,
            ["servers"] = new Dictionary<string, object>
            {
                [settings.ServerName] = new Dictionary<string, string> { ["last_activity"] = stamp },
            },
        });
        using var response = await SendAsync(request, cancellation);
        if (!response.IsSuccessStatusCode)
        {
            throw new HubUnavailableException($"The hub answered {(int)response.StatusCode}.");
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, string url, string token)
    {
        var request = new HttpRequestMessage(method, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("token", token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }

    /// <summary>The answer's JSON; null for a refusal (400, 401, 403).</summary>
    private async Task<T?> SendAsync<T>(HttpRequestMessage request, CancellationToken cancellation)
        where T : class
    {
        using var response = await SendAsync(request, cancellation);
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return null;
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new HubUnavailableException($"The hub answered {(int)response.StatusCode}.");
        }

        try
        {
            return await response.Content.ReadFromJsonAsync<T>(Json, cancellation)
                ?? throw new HubUnavailableException("The hub answered nothing.");
        }
        catch (JsonException problem)
        {
            throw new HubUnavailableException("The hub's answer could not be read.", problem);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await http.SendAsync(request, cancellation);
        }
        catch (Exception problem) when (problem is HttpRequestException || (problem is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new HubUnavailableException("The hub cannot be reached.", problem);
        }
    }
}
