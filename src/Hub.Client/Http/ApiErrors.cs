using System.Net;
using System.Text.Json;

namespace JupyterHub.Client.Http;

/// <summary>Makes an exception of an answer that says no.</summary>
internal static class ApiErrors
{
    private const int LongestMessage = 1000;
    private const int LargestBody = 64 * 1024;
    private static readonly char[] Separators = [',', ' '];

    public static async Task<JupyterHubException> ReadAsync(HttpMethod method, string path, HttpResponseMessage answer, CancellationToken cancellation)
    {
        var message = await MessageAsync(answer, cancellation);
        // A query may hold a share code.
        var mark = path.IndexOf('?', StringComparison.Ordinal);
        var place = mark < 0 ? path : path[..mark];
        var text = $"The hub answered {(int)answer.StatusCode} to {method} {place}" + (message is null ? "." : $": {message}");
        return new JupyterHubException(text)
        {
            Status = answer.StatusCode,
            HubMessage = message,
            RequiredScopes = RequiredScopes(answer),
            RetryAfter = answer.Headers.RetryAfter?.Delta,
        };
    }

    /// <summary>Text that others wrote, fit for one line of a log.</summary>
    public static string Shorten(string text)
    {
        var line = string.Concat(text.Take(LongestMessage).Select(character => char.IsControl(character) ? ' ' : character));
        return text.Length <= LongestMessage ? line : line + "…";
    }

    private static string[] RequiredScopes(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("JupyterHub-Required-Scopes", out var values)
            ? [.. values.SelectMany(value => value.Split(Separators, StringSplitOptions.RemoveEmptyEntries)).Select(Uri.UnescapeDataString)]
            : [];

    private static async Task<string?> MessageAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var error = await BodyAsync(answer, cancellation);
        return (error?.Message ?? error?.ErrorDescription ?? error?.Error) is { Length: > 0 } message ? Shorten(message) : null;
    }

    /// <summary>Null when the body is no error of the hub's, such as the page of a proxy in between.</summary>
    private static async Task<HubError?> BodyAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            await answer.Content.LoadIntoBufferAsync(LargestBody, cancellation);
            var bytes = await answer.Content.ReadAsByteArrayAsync(cancellation);
            return bytes.Length > LargestBody ? null : JsonSerializer.Deserialize(bytes, HubJson.Default.HubError);
        }
        catch (Exception problem) when (problem is JsonException or HttpRequestException)
        {
            return null;
        }
    }
}
