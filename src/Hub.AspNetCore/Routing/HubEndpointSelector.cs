using JupyterHub.AspNetCore.Errors;
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
    public void SelectRoot(HttpContext context, RequestTarget target) => LeadToHub(context, target, outsideIndex: BaseSegments(target));

    public static void Refuse(HttpContext context, RequestTargetError error) =>
        Answer(context, Nowhere, HubRouteKind.Page, _ => throw HubHttpException.BadRequest(error.Describe()));

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

        LeadToHub(context, target, area.FirstSegment - 1);
    }

    private void LeadToHub(HttpContext context, RequestTarget target, int outsideIndex)
    {
        var rest = outsideIndex < target.SegmentCount ? target.RawFrom(outsideIndex).ToString() : "/";
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
            Answer(context, target, kind, request => request.EmptyAsync(200));
        }
        else
        {
            Answer(context, target, kind, _ => throw new HubHttpException(405, "Method Not Allowed"));
        }
    }

    private static void Answer(HttpContext context, RequestTarget target, HubRouteKind kind, Func<HubRequest, Task> handler)
    {
        var route = new HubRoute(kind, context.Request.Method, "", handler).AllowAnonymous().ExemptFromXsrf();
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

    /// <summary>How many segments of a target are the deployment's base path; 0 where it lies outside of it.</summary>
    private int BaseSegments(RequestTarget target) =>
        target.RawPath.StartsWith(addresses.BasePath, StringComparison.Ordinal) ? addresses.BasePath.AsSpan().Count('/') - 1 : 0;

    private static string Query(RequestTarget target) => target.RawQuery.IsEmpty ? "" : $"?{target.RawQuery}";
}
