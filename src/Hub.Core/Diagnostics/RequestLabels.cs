using System.Globalization;

namespace JupyterHub.Core.Diagnostics;

/// <summary>Label values of requests: few, and made once.</summary>
internal static class RequestLabels
{
    private static readonly string[] Codes = [.. Enumerable.Range(0, 600).Select(code => code.ToString(CultureInfo.InvariantCulture))];

    public static string Code(int status) => (uint)status < Codes.Length ? Codes[status] : "other";

    public static string Method(string method) => method switch
    {
        "GET" => "GET",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "HEAD" => "HEAD",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    };
}
