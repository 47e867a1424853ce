namespace JupyterHub.Proxy.Forwarding;

/// <summary>
/// Has Kestrel take CRLF alone for the end of a line. By default it takes a bare LF too, where a proxy in front of it
/// may see one line, and so one request instead of two.
/// </summary>
internal static class LineEnds
{
    private const string Switch = "Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators";

    /// <summary>To be called before the server is made; a host that has decided otherwise keeps its way.</summary>
    public static void BeStrict()
    {
        if (!AppContext.TryGetSwitch(Switch, out _))
        {
            AppContext.SetSwitch(Switch, true);
        }
    }
}
