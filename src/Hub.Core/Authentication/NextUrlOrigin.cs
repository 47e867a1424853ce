namespace JupyterHub.Core.Authentication;

/// <summary>Scheme and host under which this browser sees the hub: those of <c>PublicUrl</c>, else of the request.</summary>
/// <param name="Scheme">The browser's scheme, lower case.</param>
/// <param name="Host">Host with port, as the browser wrote it.</param>
internal readonly record struct NextUrlOrigin(string Scheme, string Host)
{
    /// <summary>The public URL's if there is one, else the request's.</summary>
    public static NextUrlOrigin Of(Uri? publicUrl, string requestScheme, string requestHost) =>
        publicUrl is null ? new NextUrlOrigin(requestScheme, requestHost) : new NextUrlOrigin(publicUrl.Scheme, publicUrl.Authority);
}
