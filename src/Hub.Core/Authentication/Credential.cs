namespace JupyterHub.Core.Authentication;

/// <summary>How a request proved who it comes from.</summary>
internal enum Credential
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>With the login cookie, which a browser sends along whoever asked it to.</summary>
    Cookie,

    /// <summary>With a token in its header, which only the holder can add.</summary>
    Token,
}
