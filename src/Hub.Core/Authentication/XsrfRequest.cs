namespace JupyterHub.Core.Authentication;

/// <summary>What decides whether a request must prove that it comes from a page of ours.</summary>
internal readonly record struct XsrfRequest
{
    /// <summary>An API route; otherwise a page.</summary>
    public required bool IsApi { get; init; }

    public required string Method { get; init; }

    public required Credential Credential { get; init; }

    /// <summary>An <c>Origin</c> header is there, whatever it says.</summary>
    public bool HasOrigin { get; init; }

    /// <summary><c>Sec-Fetch-Mode</c>, null when absent (old browsers, plain HTTP, programs).</summary>
    public string? FetchMode { get; init; }

    /// <summary><c>Sec-Fetch-Site</c>, null when absent.</summary>
    public string? FetchSite { get; init; }

    /// <summary>
    /// The endpoint asks for no check at this point: the version, the legacy token endpoints, unknown API paths, the token endpoint of OAuth,
    /// policy reports; and token creation, which asks again, with false, once it knows that a cookie speaks.
    /// </summary>
    public bool IsExempt { get; init; }
}
