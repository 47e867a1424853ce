namespace JupyterHub.Core.Addressing;

/// <summary>The forms of a request target (RFC 9112, 3.2) that are served. Authority form belongs to CONNECT and is refused.</summary>
internal enum RequestTargetForm
{
    /// <summary><c>/path?query</c>.</summary>
    Origin,

    /// <summary><c>http://host/path?query</c>.</summary>
    Absolute,

    /// <summary><c>*</c>, asked with OPTIONS about the server as a whole.</summary>
    Asterisk,
}
