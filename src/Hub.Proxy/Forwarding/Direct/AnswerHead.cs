using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>Puts a server's head into the client's answer.</summary>
internal ref struct AnswerHead
{
    private readonly HttpResponse response;
    private readonly IHeaderDictionary headers;
    private readonly bool isFresh;
    private long? length;
    private bool isChunked;
    private bool closes;
    private StringValues connection;
    private string? upgrade;

    private AnswerHead(HttpResponse response)
    {
        this.response = response;
        headers = response.Headers;
        isFresh = headers.Count == 0;
    }

    /// <summary>Copies status, reason and headers, without those that end here.</summary>
    /// <exception cref="UpstreamProtocolException">The head can be read in more than one way.</exception>
    public static AnswerFraming Copy(ReadOnlySpan<byte> head, HttpContext context)
    {
        var status = StatusLine.Parse(HeaderLines.TakeLine(ref head));
        var copy = new AnswerHead(context.Response);
        copy.SetStatus(status);
        var lines = new HeaderLines(head);
        while (lines.MoveNext())
        {
            copy.Copy(lines.Name, lines.Value);
        }

        return copy.Conclude(status, HttpMethods.IsHead(context.Request.Method));
    }

    private readonly void SetStatus(StatusLine line)
    {
        response.StatusCode = line.Status;
        if (!line.Reason.IsEmpty && !Ascii.Equals(line.Reason, ReasonPhrases.GetReasonPhrase(line.Status)) && !line.Reason.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            response.HttpContext.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = Encoding.ASCII.GetString(line.Reason);
        }
    }

    private void Copy(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var text = HeaderNameTable.Get(name);
        if (ReferenceEquals(text, HeaderNames.ContentLength))
        {
            SetLength(value);
        }
        else if (ReferenceEquals(text, HeaderNames.TransferEncoding))
        {
            SetChunked(value);
        }
        else if (ReferenceEquals(text, HeaderNames.Connection))
        {
            connection = StringValues.Concat(connection, Encoding.Latin1.GetString(value));
            closes |= new HeaderTokens(value).Contains("close"u8);
        }
        else if (text.Equals(HeaderNames.Upgrade, StringComparison.OrdinalIgnoreCase))
        {
            // Twice is as good as another protocol.
            upgrade = upgrade + TextOf(value);
        }
        else if (!HopByHopHeaders.Includes(text))
        {
            Add(text, value);
        }
    }

    private void SetLength(ReadOnlySpan<byte> value)
    {
        // Digits only: more than nineteen would not fit, and what says two things says neither.
        if (length is not null || value.IsEmpty || value.Length > 19 || value.ContainsAnyExceptInRange((byte)'0', (byte)'9') || !long.TryParse(value, out var parsed))
        {
            throw new UpstreamProtocolException("The answer has no valid length.");
        }

        length = parsed;
    }

    private void SetChunked(ReadOnlySpan<byte> value)
    {
        if (isChunked || !Ascii.EqualsIgnoreCase(value, "chunked"u8))
        {
            throw new UpstreamProtocolException("The answer has a transfer encoding other than chunked.");
        }

        isChunked = true;
    }

    private readonly void Add(string name, ReadOnlySpan<byte> value)
    {
        if (!Ascii.IsValid(value))
        {
            NonAsciiHeaders.Write([new(name, [TextOf(value)])], headers);
            return;
        }

        var before = isFresh && !IsRepeated(name) ? default : headers[name];
        if (before.Count > 0 && ReferenceEquals(name, HeaderNames.StrictTransportSecurity))
        {
            // What the host promises for its whole address stands.
            return;
        }

        headers[name] = StringValues.Concat(before, TextOf(value));
    }

    // Names that no answer has twice need not be looked for.
    private static bool IsRepeated(string name) =>
        !ReferenceEquals(name, HeaderNames.ContentType) && !ReferenceEquals(name, HeaderNames.Date) && !ReferenceEquals(name, HeaderNames.Server);

    private static string TextOf(ReadOnlySpan<byte> value)
    {
        var text = Encoding.Latin1.GetString(value);
        return value.Contains((byte)0) ? text.Replace('\0', ' ') : text;
    }

    private readonly AnswerFraming Conclude(StatusLine line, bool isHead)
    {
        var declared = new DeclaredHeaders(connection);
        if (!declared.IsEmpty)
        {
            foreach (var name in headers.Keys.ToArray())
            {
                if (declared.Includes(name))
                {
                    headers.Remove(name);
                }
            }
        }

        if (line.Status == StatusCodes.Status101SwitchingProtocols)
        {
            return ConcludeUpgrade();
        }

        if (isChunked && line.IsHttp10)
        {
            throw new UpstreamProtocolException("An answer of HTTP/1.0 cannot be chunked.");
        }

        // 205 means none (RFC 9110, 15.3.6) but is framed like any other: whatever comes with it is left where it is.
        var hasNone = line.Status is 204 or 205 or 304 or < 200 || isHead;
        var announcesMore = isChunked || length > 0 || (line.Status == 205 && length is null);

        // Both at once: chunked it is, and nothing more is believed of this connection (RFC 9112, 6.3). Neither is a server that announces
        // a body where none belongs: it may send it yet, as the answer to somebody else's request. Many forget it of HEAD.
        var keeps = !closes && !line.IsHttp10 && !(isChunked && length is not null) && !(hasNone && announcesMore && (isHead || isChunked || line.Status is 204 or 205));
        if (length is not null && !isChunked && line.Status is not (204 or 205))
        {
            response.ContentLength = length;
        }

        return hasNone ? new AnswerFraming(AnswerBody.None, 0, keeps)
            : isChunked ? new AnswerFraming(AnswerBody.Chunked, 0, keeps)
            : length is { } bytes ? new AnswerFraming(bytes == 0 ? AnswerBody.None : AnswerBody.Length, bytes, keeps)
            : new AnswerFraming(AnswerBody.UntilClose, 0, false);
    }

    // What is behind the head has no end and no framing. A length of 0, which some servers send, says the same.
    private readonly AnswerFraming ConcludeUpgrade()
    {
        if (!"websocket".Equals(upgrade, StringComparison.OrdinalIgnoreCase) || isChunked || length > 0)
        {
            throw new UpstreamProtocolException("The server changes to something other than a WebSocket.");
        }

        headers.Upgrade = "websocket";
        return new AnswerFraming(AnswerBody.WebSocket, 0, false);
    }
}
