namespace JupyterHub.Core.Addressing;

/// <summary>Why a request target is refused. Each is the client's mistake: 400.</summary>
internal enum RequestTargetError
{
    None,

    /// <summary>Nothing at all.</summary>
    Empty,

    /// <summary>Longer than <see cref="RequestTarget.MaxLength"/>.</summary>
    TooLong,

    /// <summary>A space, a control character or something outside ASCII that is not percent-encoded.</summary>
    UnescapedCharacter,

    /// <summary>A <c>#</c>: fragments stay in the browser, and servers disagree about cutting one off.</summary>
    Fragment,

    /// <summary>A <c>\</c> in the path: browsers and some servers take it for a slash. <c>%5C</c> is a character like any other.</summary>
    Backslash,

    /// <summary>Neither <c>/…</c>, <c>http(s)://…</c> nor <c>*</c>.</summary>
    UnknownForm,

    /// <summary>An absolute form whose authority is no host with an optional port.</summary>
    InvalidAuthority,

    /// <summary>A <c>%</c> without two hexadecimal digits.</summary>
    InvalidEscape,

    /// <summary>Escapes that do not decode to UTF-8.</summary>
    InvalidUtf8,

    /// <summary><c>%00</c>: ends a name for some readers and not for others.</summary>
    Null,

    /// <summary>A segment <c>.</c> or <c>..</c>, however it is written: whoever resolves it sees another path than whoever does not.</summary>
    DotSegment,
}
