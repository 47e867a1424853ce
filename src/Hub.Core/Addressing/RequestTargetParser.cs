using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace JupyterHub.Core.Addressing;

/// <summary>Takes a raw request target apart; refuses whatever two readers could understand differently.</summary>
internal static class RequestTargetParser
{
    private const int LongestAuthority = 255 + 6;

    private static readonly SearchValues<char> AuthorityCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_~[]:");

    private static readonly RequestTarget Asterisk = new(RequestTargetForm.Asterisk, "", "*", 1, [], null);

    public static bool TryParse(string? raw, [NotNullWhen(true)] out RequestTarget? target, out RequestTargetError error)
    {
        target = null;
        error = CheckWhole(raw);
        if (error != RequestTargetError.None)
        {
            return false;
        }

        if (raw![0] == '/')
        {
            return TrySplit(RequestTargetForm.Origin, "", raw, out target, out error);
        }

        if (raw == "*")
        {
            target = Asterisk;
            return true;
        }

        return TryParseAbsolute(raw, out target, out error);
    }

    private static RequestTargetError CheckWhole(string? raw)
    {
        if (string.IsNullOrEmpty(raw))
        {
            return RequestTargetError.Empty;
        }

        if (raw.Length > RequestTarget.MaxLength)
        {
            return RequestTargetError.TooLong;
        }

        if (raw.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return RequestTargetError.UnescapedCharacter;
        }

        return raw.Contains('#') ? RequestTargetError.Fragment : RequestTargetError.None;
    }

    private static bool TryParseAbsolute(string raw, [NotNullWhen(true)] out RequestTarget? target, out RequestTargetError error)
    {
        target = null;
        var scheme = raw.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7
            : raw.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8
            : 0;
        if (scheme == 0)
        {
            error = RequestTargetError.UnknownForm;
            return false;
        }

        var rest = raw.AsSpan(scheme);
        var length = rest.IndexOfAny('/', '?');
        var authority = length < 0 ? rest : rest[..length];
        if (!IsAuthority(authority))
        {
            error = RequestTargetError.InvalidAuthority;
            return false;
        }

        var path = length < 0 ? "" : rest[length..];
        var pathAndQuery = path.StartsWith('/') ? path.ToString() : $"/{path}";
        return TrySplit(RequestTargetForm.Absolute, authority.ToString(), pathAndQuery, out target, out error);
    }

    private static bool IsAuthority(ReadOnlySpan<char> authority)
    {
        if (authority.IsEmpty || authority.Length > LongestAuthority || authority.ContainsAnyExcept(AuthorityCharacters))
        {
            return false;
        }

        var host = authority;
        var colon = authority.LastIndexOf(':');
        if (colon > authority.LastIndexOf(']'))
        {
            host = authority[..colon];
            if (!ushort.TryParse(authority[(colon + 1)..], out _))
            {
                return false;
            }
        }

        return host is ['[', .. var address, ']']
            ? System.Net.IPAddress.TryParse(address, out _) && address.Contains(':')
            : !host.IsEmpty && !host.ContainsAny('[', ']', ':');
    }

    private static bool TrySplit(
        RequestTargetForm form, string authority, string pathAndQuery,
        [NotNullWhen(true)] out RequestTarget? target, out RequestTargetError error)
    {
        target = null;
        var query = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? pathAndQuery.AsSpan() : pathAndQuery.AsSpan(0, query);
        if (path.Contains('\\'))
        {
            error = RequestTargetError.Backslash;
            return false;
        }

        var ends = new int[path.Count('/')];
        var decoded = path.Contains('%') ? new string?[ends.Length] : null;
        error = ReadSegments(path, ends, decoded);
        if (error == RequestTargetError.None)
        {
            target = new RequestTarget(form, authority, pathAndQuery, path.Length, ends, decoded);
        }

        return target is not null;
    }

    private static RequestTargetError ReadSegments(ReadOnlySpan<char> path, int[] ends, string?[]? decoded)
    {
        var start = 1;
        for (var index = 0; index < ends.Length; index++)
        {
            var length = path[start..].IndexOf('/');
            var end = length < 0 ? path.Length : start + length;
            var segment = path[start..end];
            if (decoded is not null && segment.Contains('%'))
            {
                decoded[index] = PercentDecoding.Decode(segment, out var error);
                if (error != RequestTargetError.None)
                {
                    return error;
                }

                segment = decoded[index];
            }

            if (segment is "." or "..")
            {
                return RequestTargetError.DotSegment;
            }

            ends[index] = end;
            start = end + 1;
        }

        return RequestTargetError.None;
    }
}
