using JupyterHub.AspNetCore.Authorization;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Addressing;
using JupyterHub.Rbac.Scopes;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Tests.Authorization;

/// <summary>Every endpoint asked with every scope under every kind of filter, against what the contract says (4.7, 4.8).</summary>
public sealed class ScopeGateTests(HubFixture hub) : IClassFixture<HubFixture>
{
    private HubRouteTable Routes => hub.Host.Get<HubRouteTable>();

    [Fact]
    public void GHSA_69wv_m5fw_2fhp_every_endpoint_decides_on_every_scope_and_filter_as_the_contract_says()
    {
        var holders = (from scope in GateWorld.ScopeNames
                       from filter in GateWorld.Filters
                       let holder = GateWorld.Holder(scope + filter)
                       select (Scope: scope + filter, Holder: holder, Held: holder.Authority.Permissions.ToScopes().ToHashSet(StringComparer.Ordinal))).ToList();
        var failures = new List<string>();
        var decided = 0;
        foreach (var route in Routes.Routes.Where(route => route.Scopes is not null))
        {
            var request = GateWorld.RequestFor(Routes, route);
            var filter = GateWorld.FilterOf(route);
            foreach (var (scope, holder, held) in holders)
            {
                decided++;
                var expected = ScopeOracle.Decide(held, route.Scopes!.Scopes, filter);
                var found = (Record.Exception(() => ScopeGate.Check(request, holder)) as HubHttpException)?.Status ?? 200;
                if (found != expected)
                {
                    failures.Add($"{route.Method} {route.Pattern} with {scope}: {found}, not {expected}");
                }
            }
        }

        Assert.True(decided > 5000, $"only {decided} decisions were asked for");
        Assert.True(failures.Count == 0, $"{failures.Count} of {decided} differ:\n{string.Join('\n', failures.Take(40))}");
    }

    /// <summary>What a refusal says would have sufficed does suffice, each scope by itself.</summary>
    [Fact]
    public void What_a_refusal_asks_for_suffices()
    {
        var nobody = GateWorld.Holder();
        var decided = 0;
        foreach (var route in Routes.Routes.Where(route => route.Scopes is not null))
        {
            var request = GateWorld.RequestFor(Routes, route);
            var refusal = Assert.Throws<HubHttpException>(() => ScopeGate.Check(request, nobody));
            Assert.NotEmpty(refusal.RequiredScopes);
            foreach (var scope in refusal.RequiredScopes)
            {
                decided++;
                ScopeGate.Check(request, GateWorld.Holder(scope));
            }
        }

        Assert.True(decided > 10);
    }

    [Fact]
    public void GHSA_69wv_m5fw_2fhp_without_a_resource_only_the_unfiltered_scope_passes()
    {
        Assert.True(RequestTarget.TryParse("/hub/api/users", out var target, out _));
        foreach (var scope in GateWorld.ScopeNames)
        {
            var route = new HubRoute(HubRouteKind.Api, "POST", "api/users", _ => Task.CompletedTask).RequireScopes(null, scope);
            var request = new HubRequest(new DefaultHttpContext(), target, route, new RouteValues());
            foreach (var filter in GateWorld.Filters)
            {
                var refusal = Record.Exception(() => ScopeGate.Check(request, GateWorld.Holder(scope + filter)));
                Assert.Equal(filter.Length == 0 ? null : 403, (refusal as HubHttpException)?.Status);
            }
        }
    }

    [Fact]
    public void Every_endpoint_that_asks_for_somebody_known_asks_for_a_scope()
    {
        var unscoped = Routes.Routes
            .Where(route => route is { IsAnonymous: false, Scopes: null })
            .Select(route => $"{route.Method} {route.Pattern}")
            .Distinct()
            .Order(StringComparer.Ordinal);

        // Each of these looks at its own person only, or decides by itself.
        Assert.Equal(
            [
                "GET accept-share", "GET api/oauth2/authorize", "GET api/user",
                "GET home", "GET home/new", "GET home/preview", "GET home/rename/{server}", "GET home/state",
                "GET sharing", "GET spawn", "GET token", "GET token/new", "GET user-redirect/{*path}", "GET user/{user}", "GET user/{user}/{*rest}",
                "POST accept-share", "POST api/authorize/explain", "POST api/oauth2/authorize",
                "POST home/delete/{server}", "POST home/leave/{owner}", "POST home/leave/{owner}/{server}", "POST home/new", "POST home/rename/{server}",
                "POST sharing", "POST spawn", "POST token/new", "POST token/revoke", "POST token/revoke-all", "POST token/sign-out",
            ],
            unscoped);
    }

    [Fact]
    public void All_scopes_that_endpoints_ask_for_exist() =>
        Assert.All(Routes.Routes.SelectMany(route => route.Scopes?.Scopes ?? []), scope => Assert.True(ScopeCatalog.BuiltIn.TryGet(scope, out _), scope));
}
