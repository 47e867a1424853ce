namespace JupyterHub.Proxy.ChpClient;

/// <summary>The proxy's API: where it is, and what it asks for.</summary>
internal sealed record ChpEndpoint(Uri ApiUrl, string Token)
{
    /// <summary>The address of a path of the API, which goes out as it is written: names may look like dot segments.</summary>
    public Uri UrlOf(string path) =>
        new($"{ApiUrl.AbsoluteUri.TrimEnd('/')}/api/routes{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    /// <summary>The address alone, never the token.</summary>
    public override string ToString() => ApiUrl.ToString();
}
