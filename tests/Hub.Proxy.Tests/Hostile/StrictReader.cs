using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>
/// Reads messages as strictly as the grammar is, and says what is not: two programs that read such bytes cannot
/// disagree about where a message ends.
/// </summary>
internal sealed partial class StrictReader(Stream stream)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly byte[] buffer = new byte[16 * 1024];
    private int start;
    private int end;

    /// <summary>What was not as the grammar has it.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>The next message as far as its head goes; null at the end of the connection, also amid a head.</summary>
    public async Task<StrictMessage?> ReadHeadAsync()
    {
        var lines = new List<string>();
        while (await ReadLineAsync() is { } line)
        {
            if (line.Length > 0)
            {
                lines.Add(line);
                continue;
            }

            if (lines.Count == 0)
            {
                Violations.Add("an empty line before a message");
                return null;
            }

            return Check(new StrictMessage(lines[0], lines[1..]));
        }

        return null;
    }

    /// <summary>Reads a message's body; one that cannot have any is marked by the caller.</summary>
    public async Task ReadBodyAsync(StrictMessage message, bool untilClosed = false)
    {
        if (message.Values("Transfer-Encoding") is [_])
        {
            message.IsComplete = await ReadChunksAsync(message);
        }
        else if (message.Values("Content-Length") is [var length])
        {
            message.IsComplete = await ReadBytesAsync(message.Body, long.Parse(length, NumberStyles.None, CultureInfo.InvariantCulture));
        }
        else if (untilClosed)
        {
            await ReadBytesAsync(message.Body, long.MaxValue);
            message.IsComplete = true;
        }
        else
        {
            message.IsComplete = true;
        }
    }

    /// <summary>The next byte; -1 at the end of the connection.</summary>
    public async ValueTask<int> ReadByteAsync()
    {
        if (start == end)
        {
            using var deadline = new CancellationTokenSource(Patience);
            start = 0;
            try
            {
                end = await stream.ReadAsync(buffer, deadline.Token);
            }
            catch (IOException)
            {
                end = 0;
            }

            if (end == 0)
            {
                return -1;
            }
        }

        return buffer[start++];
    }

    private StrictMessage Check(StrictMessage message)
    {
        if (!RequestLine().IsMatch(message.StartLine) && !StatusLine().IsMatch(message.StartLine))
        {
            Violations.Add($"start line {message.StartLine}");
        }

        Violations.AddRange(message.Headers.Where(line => !HeaderLine().IsMatch(line)).Select(line => $"header {line}"));
        var codings = message.Values("Transfer-Encoding");
        var lengths = message.Values("Content-Length");
        if (codings.Length + lengths.Length > 1 || codings.Any(coding => coding != "chunked") || lengths.Any(length => !Digits().IsMatch(length)))
        {
            Violations.Add($"framing {string.Join('|', codings)} / {string.Join('|', lengths)}");
        }

        if (message.Status == 0 && message.Values("Host").Length != 1)
        {
            Violations.Add("not one host");
        }

        return message;
    }

    private async Task<bool> ReadChunksAsync(StrictMessage message)
    {
        while (true)
        {
            if (await ReadLineAsync() is not { } line)
            {
                return false;
            }

            if (!Hexadecimal().IsMatch(line))
            {
                Violations.Add($"chunk {line}");
                return false;
            }

            var size = long.Parse(line, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                return await ReadTrailersAsync();
            }

            if (!await ReadBytesAsync(message.Body, size) || await ReadLineAsync() is not { } rest)
            {
                return false;
            }

            if (rest.Length > 0)
            {
                Violations.Add($"after a chunk: {rest}");
                return false;
            }
        }
    }

    private async Task<bool> ReadTrailersAsync()
    {
        while (await ReadLineAsync() is { } line)
        {
            if (line.Length == 0)
            {
                return true;
            }

            if (!HeaderLine().IsMatch(line) || ForbiddenTrailer().IsMatch(line))
            {
                Violations.Add($"trailer {line}");
            }
        }

        return false;
    }

    private async Task<bool> ReadBytesAsync(StringBuilder into, long count)
    {
        for (; count > 0; count--)
        {
            var next = await ReadByteAsync();
            if (next < 0)
            {
                return false;
            }

            into.Append((char)next);
        }

        return true;
    }

    private async Task<string?> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (await ReadByteAsync() is >= 0 and var next)
        {
            line.Append((char)next);
            if (next == '\n')
            {
                if (line.Length == 1 || line[^2] != '\r')
                {
                    Violations.Add($"a bare line feed after {line}");
                    continue;
                }

                line.Length -= 2;
                return line.ToString();
            }
        }

        return null;
    }

    [GeneratedRegex(@"\A[!#$%&'*+.^_`|~0-9A-Za-z-]+ [!-~]+ HTTP/1\.1\z")]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"\AHTTP/1\.1 [1-9]\d\d [\t -~\u0080-\u00ff]*\z")]
    private static partial Regex StatusLine();

    [GeneratedRegex(@"\A[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t -~\u0080-\u00ff]*\z")]
    private static partial Regex HeaderLine();

    [GeneratedRegex(@"\A(Content-Length|Transfer-Encoding|Host|Connection|Authorization|Cookie|Set-Cookie|Content-Type|Trailer)\s*:", RegexOptions.IgnoreCase)]
    private static partial Regex ForbiddenTrailer();

    [GeneratedRegex(@"\A\d+\z")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\A[0-9A-Fa-f]{1,15}\z")]
    private static partial Regex Hexadecimal();
}
