using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authorization;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Scopes;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Tests.Authorization;

/// <summary>Requests to every endpoint about the same few entities, and requesters who hold one scope each.</summary>
internal static class GateWorld
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["user"] = "ada", ["owner"] = "ada", ["server"] = "lab", ["group"] = "physics", ["service"] = "probe",
        ["role"] = "reader", ["token"] = "a1", ["entity"] = "ada", ["cookie"] = "c",
    };

    private static readonly MembershipSnapshot Membership = new(1, ScopeOracle.Members.Select(member => KeyValuePair.Create(member.Member, member.Group)));

    /// <summary>No filter, and each kind of filter with entities that the paths name and with others.</summary>
    public static IReadOnlyList<string> Filters { get; } =
    [
        "", "!user=ada", "!user=grace", "!group=physics", "!group=others", "!server=ada/", "!server=ada/lab", "!server=ada/other", "!server=grace/lab",
        "!service=probe", "!service=other",
    ];

    public static IEnumerable<string> ScopeNames => ScopeCatalog.BuiltIn.Scopes.Select(scope => scope.Name).Where(name => name is not ("inherit" or "self" or "(no_scope)"));

    public static string TargetOf(HubRoute route) => "/hub/" + string.Join('/', route.Pattern.Split('/').Select(part =>
        part.StartsWith('{') ? Names.GetValueOrDefault(part.Trim('{', '}', '*'), "x") : part));

    /// <summary>The request as the hub's own routing makes it.</summary>
    public static HubRequest RequestFor(HubRouteTable routes, HubRoute route)
    {
        Assert.True(RequestTarget.TryParse(TargetOf(route), out var target, out _));
        var match = routes.Match(target, 1);
        Assert.Same(route, match?.ByMethod[route.Method]);
        return new HubRequest(new DefaultHttpContext(), target, route, match!.Values);
    }

    /// <summary>A service that holds these scopes.</summary>
    public static Requester Holder(params string[] scopes) => new()
    {
        Kind = RequesterKind.Service,
        Id = 1,
        Name = "probe",
        Admin = true,
        Authority = new Authority([], ScopeEngine.BuiltIn.Expand(scopes, ScopeOwner.Service("probe")), Membership),
    };

    /// <summary>Parts of the administration whose routes ask for its own scope only.</summary>
    private static readonly string[] UserParts = ["admin/users/", "admin/tokens/", "admin/stop/", "admin/servers/"];

    /// <summary>What the contract says of a route's path: the filter, or <c>any</c>, or nothing.</summary>
    public static string FilterOf(HubRoute route)
    {
        if (route.Pattern is "admin" || UserParts.Any(part => (route.Pattern + "/").StartsWith(part, StringComparison.Ordinal)))
        {
            // The scope that opens the administration has no filter, whatever the path names; its handlers ask for the rest.
            return "";
        }

        var path = route.Pattern.StartsWith("api/", StringComparison.Ordinal) ? route.Pattern["api".Length..] : PagePath(route.Pattern);
        var kind = RecordedEndpoint.All.FirstOrDefault(endpoint => endpoint.Key == RecordedEndpoint.KeyOf(route) && route.Kind == HubRouteKind.Api)?.Filter
            ?? (route.Scopes!.IsAnyFilterEnough ? "any" : RecordedEndpoint.FilterOfPath(System.Text.RegularExpressions.Regex.Replace(path, @"\{[^}]*\}", "{}"), path));
        return kind switch
        {
            "none" => "",
            "any" => "any",
            "server" => $"server=ada/{(route.Pattern.Contains("{server}", StringComparison.Ordinal) ? "lab" : "")}",
            "user" => "user=ada",
            "group" => "group=physics",
            _ => "service=probe",
        };
    }

    /// <summary>Pages about servers ask as the API does: for the server. Those of the administration have the API's paths below their own.</summary>
    private static string PagePath(string pattern) => pattern.Contains("{user}", StringComparison.Ordinal) ? "/users/{user}/server"
        : pattern.StartsWith("admin/", StringComparison.Ordinal) ? pattern["admin".Length..]
        : "/" + pattern;
}
