using System.Text.Unicode;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.Core.Addressing;

namespace JupyterHub.AspNetCore.Requests;

/// <summary>Refuses arguments that are no text (contract 1.2); broken escapes stand for themselves, as browsers and the original have it.</summary>
internal static class QueryText
{
    /// <exception cref="HubHttpException">400: the query's escapes do not decode to UTF-8.</exception>
    public static void Check(RequestTarget target)
    {
        var query = target.RawQuery;
        if (!query.Contains('%'))
        {
            return;
        }

        var bytes = new byte[query.Length];
        var length = 0;
        for (var index = 0; index < query.Length; index++)
        {
            var isEscape = query[index] == '%' && index + 2 < query.Length && char.IsAsciiHexDigit(query[index + 1]) && char.IsAsciiHexDigit(query[index + 2]);
            bytes[length++] = isEscape ? Convert.FromHexString(query.Slice(index + 1, 2))[0] : (byte)query[index];
            index += isEscape ? 2 : 0;
        }

        if (!Utf8.IsValid(bytes.AsSpan(0, length)))
        {
            throw HubHttpException.BadRequest("The query does not decode to UTF-8.");
        }
    }
}
