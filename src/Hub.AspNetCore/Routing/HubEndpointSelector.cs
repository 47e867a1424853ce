using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Addressing;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Routing;

/// <summary>Chooses the endpoint for a target that is the hub's: one of its own, the proxy's, or an answer such as "not found".</summary>
internal sealed class HubEndpointSelector(HubRouteTable routes, HubEndpointDataSource endpoints, ProxyEndpoint proxy, HubAddresses addresses)
{
    private static readonly RequestTarget Nowhere = RequestTarget.TryParse("/", out var target, out _) ? target : throw new InvalidOperationException();

    public void Select(HttpContext context, RequestTarget target, HubArea area)
    {
        if (area.Name != HubArea.Hub)
        {
            SelectServer(context, target, area);
        }
        else if (!IsWrittenPlainly(target))
        {
            // Literal parts of a path are compared as they were sent; what follows relies on their length.
            Answer(context, target, HubRouteKind.Page, _ => throw HubHttpException.NotFound("Not Found"));
        }
        else if (target.SegmentCount == area.FirstSegment)
        {
            Answer(context, target, HubRouteKind.Page, request => request.RedirectAsync(addresses.HubPath + Query(target), StatusCodes.Status301MovedPermanently));
        }
        else
        {
            SelectHub(context, target, area);
        }
    }

    /// <summary>Anything outside of the hub's areas leads to the hub, as it does where the hub is alone in its application.</summary>
    public void SelectRoot(HttpContext context, RequestTarget target)
    {
        var path = target.RawPath;
        var rest = path.StartsWith(addresses.BasePath, StringComparison.Ordinal) ? path[addresses.BasePath.Length..].ToString() + Query(target)
            : $"{path}/".Equals(addresses.BasePath, StringComparison.Ordinal) ? ""
            : path.ToString();
        if (HttpMethods.IsGet(context.Request.Method) && StaticAssets.AtTop(rest) is { } serve)
        {
            Answer(context, target, HubRouteKind.Page, serve);
            return;
        }

        LeadToHub(context, target, rest);
    }

    public void Refuse(HttpContext context, string? raw, RequestTargetError error)
    {
        var kind = raw?.StartsWith(addresses.HubPath + "api/", StringComparison.Ordinal) == true ? HubRouteKind.Api : HubRouteKind.Page;
        Answer(context, Nowhere, kind, _ => throw HubHttpException.BadRequest(error.Describe()));
    }

    private void SelectServer(HttpContext context, RequestTarget target, HubArea area)
    {
        if (proxy.TrySelect(context, target))
        {
            return;
        }

        if (target.SegmentCount == area.FirstSegment + 1 && !target.EndsWithSlash)
        {
            var withSlash = $"{target.RawPath}/{Query(target)}";
            Answer(context, target, HubRouteKind.Page, request => GetOnly(request, withSlash, StatusCodes.Status301MovedPermanently));
            return;
        }

        LeadToHub(context, target, target.RawFrom(area.FirstSegment - 1).ToString());
    }

    private void LeadToHub(HttpContext context, RequestTarget target, string rest)
    {
        var location = $"{addresses.HubPath}{rest.TrimStart('/')}";
        Answer(context, target, HubRouteKind.Page, request => GetOnly(request, location, StatusCodes.Status302Found));
    }

    private void SelectHub(HttpContext context, RequestTarget target, HubArea area)
    {
        var kind = target.RawSegment(area.FirstSegment) is "api" ? HubRouteKind.Api : HubRouteKind.Page;
        if (routes.Match(target, area.FirstSegment) is not { } match)
        {
            Answer(context, target, kind, _ => throw HubHttpException.NotFound("Not Found"));
        }
        else if (match.ByMethod.TryGetValue(context.Request.Method, out var route))
        {
            Set(context, new HubRequest(context, target, route, match.Values), endpoints[route]);
        }
        else
        {
            AnswerOtherMethod(context, target, kind);
        }
    }

    private static void AnswerOtherMethod(HttpContext context, RequestTarget target, HubRouteKind kind)
    {
        if (HttpMethods.IsOptions(context.Request.Method) && kind == HubRouteKind.Api)
        {
            Answer(context, target, kind, request => request.EmptyAsync(200, "application/json"));
        }
        else
        {
            Answer(context, target, kind, _ => throw new HubHttpException(405, "Method Not Allowed"));
        }
    }

    private static void Answer(HttpContext context, RequestTarget target, HubRouteKind kind, Func<HubRequest, Task> handler)
    {
        var route = new HubRoute(kind, context.Request.Method, "", handler).AllowAnonymous();
        if (kind == HubRouteKind.Api)
        {
            route.ExemptFromXsrf();
        }

        Set(context, new HubRequest(context, target, route, new RouteValues()), HubEndpointDataSource.Create(route));
    }

    private static Task GetOnly(HubRequest request, string location, int status) =>
        HttpMethods.IsGet(request.Http.Request.Method) || HttpMethods.IsHead(request.Http.Request.Method)
            ? request.RedirectAsync(location, status)
            : throw new HubHttpException(405, "Method Not Allowed");

    private static void Set(HttpContext context, HubRequest request, Endpoint endpoint)
    {
        context.Features.Set(request);
        context.SetEndpoint(endpoint);
    }

    private bool IsWrittenPlainly(RequestTarget target) =>
        target.RawPath.StartsWith(addresses.HubPath, StringComparison.Ordinal) || target.RawPath.SequenceEqual(addresses.HubPath.AsSpan()[..^1]);

    private static string Query(RequestTarget target) => target.RawQuery.IsEmpty ? "" : $"?{target.RawQuery}";
}
