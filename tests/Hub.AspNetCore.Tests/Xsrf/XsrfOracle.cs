namespace JupyterHub.AspNetCore.Tests.Xsrf;

/// <summary>Contract 7.3, "when checked" and "failure", written down a second time and in the contract's words and order.</summary>
internal static class XsrfOracle
{
    public static string? Refusal(XsrfCase tried)
    {
        if (!IsChecked(tried))
        {
            return null;
        }

        return tried.Submitted switch
        {
            "none" => $"'_xsrf' argument missing from {tried.Method}",
            "wrong" => $"XSRF cookie does not match {tried.Method} argument",
            _ => null,
        };
    }

    private static bool IsChecked(XsrfCase tried)
    {
        var isSafe = tried.Method is "GET" or "HEAD" or "OPTIONS";

        // Pages: all methods except GET, HEAD, OPTIONS. API: all except HEAD, OPTIONS - so GET too.
        var isCheckedMethod = tried.IsApi ? tried.Method is not ("HEAD" or "OPTIONS") : !isSafe;
        bool[] skipped =
        [
            // Skipped when authenticated by token. Pages take no tokens (contract 1.6): there its bearer is nobody.
            tried is { Who: "token", IsApi: true },

            // API: skipped when anonymous and there is no Origin header.
            tried is { IsApi: true, Who: "nobody", Origin: null },

            // Skipped when Sec-Fetch-Mode is websocket.
            tried.Mode == "websocket",

            // When the method is GET/HEAD/OPTIONS and mode is navigate or absent.
            isSafe && tried.Mode is null or "navigate" && isSafe,

            // When GET/HEAD/OPTIONS, mode no-cors and Sec-Fetch-Site same-origin.
            isSafe && tried is { Mode: "no-cors", Site: "same-origin" },
        ];
        return isCheckedMethod && !skipped.Contains(true);
    }
}
