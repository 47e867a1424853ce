using System.Globalization;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>What a request meets that is meant for a server without a route (contract 9, <c>hub/user/…</c>).</summary>
internal static class ServerGate
{
    private const int MostRedirects = 4;
    private const string NotFound = "No access to resources or resources not found";

    public static void Map(HubRouteTable routes)
    {
        foreach (var path in new[] { "user/{user}/{*rest}", "user/{user}" })
        {
            routes.Page("GET", path, Enter).AcceptTokens().WithoutActivity();
            foreach (var method in new[] { "POST", "DELETE" })
            {
                routes.Page(method, path, Refuse).IgnoreCredentials();
            }
        }
    }

    /// <summary>The address below the server that was asked for, as it was written.</summary>
    public static string AddressOf(HubRequest request) =>
        request.Addresses.BasePath + request.Target.PathAndQuery[request.Addresses.HubPath.Length..];

    private static async Task Enter(HubRequest request)
    {
        if (!MayAccess(request) || await MissingServer.FindAsync(request, request.Value("user")) is not { } missing)
        {
            await WriteNotFoundAsync(request);
            return;
        }

        request.Http.Features.Set(missing);
        var key = missing.Key;
        var status = request.Get<ServerSupervisor>().GetStatus(key.UserName, key.ServerName);
        if (status.IsReady)
        {
            await ReturnAsync(request, key);
        }
        else if (WantsJson(request))
        {
            await RefuseAsync(request, key);
        }
        else if (status.Pending is not null || status.Failure is not null)
        {
            var pending = request.Get<ServerViews>().PageOf("spawn-pending", key.UserName, key.ServerName);
            await request.RedirectAsync($"{pending}?next={Uri.EscapeDataString(request.Target.PathAndQuery)}", StatusCodes.Status303SeeOther);
        }
        else
        {
            request.Http.Response.StatusCode = StatusCodes.Status424FailedDependency;
            await request.Get<PageRunner>().RunAsync(request.Http, "NotRunning");
        }
    }

    /// <summary>The address may be one in the default server, or in a named one: access to either will do.</summary>
    private static bool MayAccess(HubRequest request)
    {
        var userName = request.Value("user");
        return request.Known.Allows("access:servers", Resource.Server(userName, ""))
            || request.Known.Allows("access:servers", Resource.Server(userName, MissingServer.FirstSegment(request)));
    }

    /// <summary>Nobody's credentials were looked at, so that nothing is told about named servers.</summary>
    private static Task Refuse(HubRequest request) => RefuseAsync(request, new ServerKey(request.Value("user"), ""));

    private static Task RefuseAsync(HubRequest request, ServerKey key)
    {
        var restart = request.Get<ServerViews>().PageOf("spawn", key.UserName, key.ServerName);
        var prefix = PathNames.ServerPath(request.Addresses.BasePath, key.UserName, key.ServerName);
        return request.JsonAsync(424, new JsonObject { ["message"] = $"JupyterHub server no longer running at {prefix}. Restart the server at {restart}" });
    }

    /// <summary>The server runs, so its route is about to be there: back to it, more slowly each time.</summary>
    private static async Task ReturnAsync(HubRequest request, ServerKey key)
    {
        var redirects = int.TryParse(request.Query("redirects"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
        if (redirects >= MostRedirects)
        {
            throw new HubHttpException(500, "Redirect loop detected.");
        }

        // Whoever comes here for a running server was not routed to it: mend that now instead of at the next check.
        await request.Get<RouteCheck>().RepairAsync(key, request.Aborted);
        if (redirects >= 1)
        {
            await Task.Delay(TimeSpan.FromSeconds(Math.Min(1 << redirects, 10)), request.Get<TimeProvider>(), request.Aborted);
        }

        await request.RedirectAsync(WithRedirects(AddressOf(request), redirects + 1));
    }

    private static string WithRedirects(string address, int redirects)
    {
        var question = address.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? address : address[..question];
        var query = question < 0 ? [] : address[(question + 1)..].Split('&').Where(pair => pair.Length > 0 && pair != $"redirects={redirects - 1}");
        return $"{path}?{string.Join('&', query.Append($"redirects={redirects}"))}";
    }

    private static async Task WriteNotFoundAsync(HubRequest request)
    {
        if (WantsJson(request))
        {
            await request.JsonAsync(404, new JsonObject { ["status"] = 404, ["message"] = NotFound });
        }
        else
        {
            throw HubHttpException.NotFound(NotFound);
        }
    }

    private static bool WantsJson(HubRequest request)
    {
        for (var index = 0; index < request.Target.SegmentCount; index++)
        {
            if (request.Target.RawSegment(index) is "api")
            {
                return true;
            }
        }

        var accept = request.Http.Request.GetTypedHeaders().Accept;
        var json = Quality(accept, "application/json");
        return json > 0 && json > Quality(accept, "text/html");
    }

    private static double Quality(IList<Microsoft.Net.Http.Headers.MediaTypeHeaderValue> accept, string type) =>
        accept.Where(entry => entry.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(entry => entry.Quality ?? 1).DefaultIfEmpty(0).Max();
}
