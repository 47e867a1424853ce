using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace JupyterHub.Client.Authentication;

/// <summary>Tells pages from calls, and calls that can do harm from those that cannot.</summary>
internal static class RequestKinds
{
    /// <summary>A person opens a page: only then is there somebody to send to the hub.</summary>
    public static bool IsNavigation(HttpContext context)
    {
        var request = context.Request;
        return HttpMethods.IsGet(request.Method)
            && request.Headers.Authorization.Count == 0
            && request.Headers.XRequestedWith.Count == 0
            && !context.WebSockets.IsWebSocketRequest
            && !IsUpgrade(request)
            && !IsApi(context.GetEndpoint())
            && request.Headers["Sec-Fetch-Mode"].ToString() switch
            {
                "navigate" => true,
                "" => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase),
                _ => false,
            };
    }

    /// <summary>Changes something, or opens a WebSocket, which a page of any site can.</summary>
    public static bool IsUnsafe(HttpContext context) => IsUnsafeMethod(context.Request) || IsUpgrade(context.Request) || context.WebSockets.IsWebSocketRequest;

    public static bool IsUnsafeMethod(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method) && !HttpMethods.IsTrace(request.Method)
        && !IsConnectUpgrade(request);

    /// <summary>ASP.NET marks endpoints that speak JSON, and an app can mark others with <c>DisableCookieRedirect()</c>.</summary>
    private static bool IsApi(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IDisableCookieRedirectMetadata>() is not null
        && endpoint.Metadata.GetMetadata<IAllowCookieRedirectMetadata>() is null;

    private static bool IsUpgrade(HttpRequest request) =>
        request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase) || IsConnectUpgrade(request);

    private static bool IsConnectUpgrade(HttpRequest request) => HttpMethods.IsConnect(request.Method);
}
