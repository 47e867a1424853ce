using JupyterHub.Core.Addressing;
using JupyterHub.Proxy.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>Writes the head of a request to a server, straight from the client's.</summary>
internal sealed class RequestHeadSerializer(RequestHeaderPolicy policy, ForwardingOptions options)
{
    private const int UsualLength = 2048;

    /// <summary>The head with its empty line. Whoever calls gives the buffer back.</summary>
    public HeadWriter Write(HttpContext context, RequestTarget target, RouteEntry route, bool hasBody)
    {
        var head = new HeadWriter(UsualLength);
        var request = context.Request;
        var headers = policy.For(context, route);
        head.Write(request.Method);
        head.Write(" "u8);
        head.Write(TargetAddress.PathAndQuery(target, route, options));
        head.Write(" HTTP/1.1\r\n"u8);
        head.Set(HeaderNames.Host, headers.Host);
        foreach (var (name, values) in request.Headers)
        {
            if (!HopByHopHeaders.Includes(name) && !IsLength(name) && headers.Passes(name))
            {
                Write(ref head, name, values);
            }
        }

        headers.AddTo(ref head);
        if (request.Headers.Upgrade.Count > 0)
        {
            // The only protocol that requests come here with, as the client spells it.
            head.Write("Connection: Upgrade\r\n"u8);
            head.Set(HeaderNames.Upgrade, request.Headers.Upgrade.ToString());
        }

        WriteFraming(ref head, request, hasBody);
        head.Write("\r\n"u8);
        return head;
    }

    private static void Write(ref HeadWriter head, string name, StringValues values)
    {
        if (values.Count == 1)
        {
            head.Set(name, values[0]);
        }
        else if (name.Equals(HeaderNames.Cookie, StringComparison.OrdinalIgnoreCase))
        {
            // Over HTTP/2 a client may send its cookies one by one (RFC 9113, 8.2.3).
            head.Set(name, string.Join("; ", values.ToArray()));
        }
        else
        {
            foreach (var value in values)
            {
                head.Set(name, value);
            }
        }
    }

    // Written anew, plainly, whatever the client's looked like.
    private static void WriteFraming(ref HeadWriter head, HttpRequest request, bool hasBody)
    {
        if (hasBody && request.ContentLength is null)
        {
            head.Write("Transfer-Encoding: chunked\r\n"u8);
        }
        else if (hasBody || request.ContentLength is not null || MeansBody(request.Method))
        {
            head.Set("Content-Length: "u8, request.ContentLength ?? 0);
        }
    }

    // Without a length a server may wait for a body (RFC 9110, 8.6).
    private static bool MeansBody(string method) => HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method);

    private static bool IsLength(string name) => name.Length == 14 && name.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase);
}
