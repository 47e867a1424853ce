namespace JupyterHub.Core.Authentication;

/// <summary>When the XSRF token is asked for (contract 7.3). A pure function of the request.</summary>
internal static class XsrfPolicy
{
    public static bool MustCheck(in XsrfRequest request)
    {
        if (request.IsExempt || request.Credential == Credential.Token || !IsCheckedMethod(request))
        {
            return false;
        }

        // An anonymous API call fails anyway. With an Origin it is checked first, so that a foreign page cannot tell whether somebody is signed in.
        if (request is { IsApi: true, Credential: Credential.None, HasOrigin: false })
        {
            return false;
        }

        return !IsHarmless(request);
    }

    private static bool IsCheckedMethod(in XsrfRequest request) => request.Method switch
    {
        "HEAD" or "OPTIONS" => false,
        "GET" => request.IsApi,
        _ => true,
    };

    private static bool IsHarmless(in XsrfRequest request)
    {
        var readsOnly = request.Method is "GET" or "HEAD" or "OPTIONS";
        return request.FetchMode switch
        {
            "websocket" => true,
            null or "navigate" => readsOnly,
            // Images and the like of our own pages; their answer cannot be read by a script.
            "no-cors" => readsOnly && request.FetchSite == "same-origin",
            _ => false,
        };
    }
}
