using System.Globalization;
using System.Text;

namespace JupyterHub.Client.Http;

/// <summary>Builds paths below the API from names as they are.</summary>
internal static class ApiPath
{
    /// <summary>A path of fixed text and names: <c>Of($"/users/{name}")</c>. Every hole is one escaped segment.</summary>
    public static string Of(FormattableString path) =>
        string.Format(CultureInfo.InvariantCulture, path.Format, [.. path.GetArguments().Select(argument => (object)Segment((string?)argument))]);

    /// <summary>The path of a user's server; the default one has no name.</summary>
    public static string Server(string user, string server) =>
        server.Length == 0 ? Of($"/users/{user}/server") : Of($"/users/{user}/servers/{server}");

    /// <summary>A server's place below its owner, where the default one is an empty segment.</summary>
    public static string Shared(string owner, string server) =>
        server.Length == 0 ? Of($"/{owner}/") : Of($"/{owner}/{server}");

    /// <summary>Adds what is not null.</summary>
    public static string WithQuery(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var text = new StringBuilder(path);
        var mark = '?';
        foreach (var (name, value) in query)
        {
            if (value is not null)
            {
                text.Append(mark).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                mark = '&';
            }
        }

        return text.ToString();
    }

    /// <summary>A name as the hub escapes it: all but <c>A-Za-z0-9_.-~@</c>, and dots where they would climb.</summary>
    public static string Segment(string? name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name is "." or ".."
            ? name.Replace(".", "%2E", StringComparison.Ordinal)
            : Uri.EscapeDataString(name).Replace("%40", "@", StringComparison.Ordinal);
    }
}
