using System.Globalization;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>Short ways to ask.</summary>
internal static class ClientExtensions
{
    /// <summary>Status and body, or what went wrong.</summary>
    public static async Task<string> GetStringOrStatusAsync(this HttpClient client, string target)
    {
        try
        {
            using var response = await client.GetAsync(new Uri(target, UriKind.Relative));
            var body = await response.Content.ReadAsStringAsync();
            return string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {body}");
        }
        catch (HttpRequestException failed)
        {
            return failed.Message;
        }
    }
}
