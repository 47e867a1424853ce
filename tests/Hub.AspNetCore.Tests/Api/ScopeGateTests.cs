using JupyterHub.AspNetCore.Authorization;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Services;
using JupyterHub.Core.Tokens;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Every endpoint asked with every scope under every kind of filter, against what the scope engine says (contract 4.8).</summary>
public sealed class ScopeGateTests
{
    private static readonly string[] Filters =
    [
        "", "!user=ada", "!user=grace", "!group=physics", "!group=others", "!server=ada/", "!server=ada/lab", "!server=grace/", "!service=probe",
    ];

    [Fact]
    public async Task GHSA_69wv_m5fw_2fhp_no_filtered_scope_passes_for_an_unfiltered_one()
    {
        await using var host = await HubHost.StartAsync();
        await host.Data.GroupAsync("physics", "ada");
        await host.Data.GroupAsync("others", "grace");
        var membership = new MembershipSnapshot(1, [new("ada", "physics"), new("grace", "others")]);
        var engine = host.Get<ScopeEngine>();
        var tokens = await TokensAsync(host);
        var routes = host.Get<HubRouteTable>().Routes.Where(route => route.Kind == HubRouteKind.Api && route.Scopes is { IsAnyFilterEnough: false }).ToList();
        Assert.NotEmpty(routes);
        var failures = new List<string>();
        foreach (var (scope, token) in tokens)
        {
            var permissions = engine.Expand([scope], ScopeOwner.Service("probe"));
            foreach (var route in routes)
            {
                var expected = Expect(route.Scopes!, permissions, membership);
                var status = await AskAsync(host, route, token);

                // What is not refused by the gate is refused by the body, or shown.
                var found = status is 403 or 404 ? status : 200;
                if (found != expected)
                {
                    failures.Add($"{route.Method} {route.Pattern} with {scope}: {status}, not {expected}");
                }
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} differ:\n{string.Join('\n', failures.Take(40))}");
    }

    /// <summary>The same where a path names nobody, as with the making of many users, which this version has no endpoint for yet.</summary>
    [Fact]
    public void GHSA_69wv_m5fw_2fhp_without_a_resource_only_the_unfiltered_scope_passes()
    {
        var engine = new ScopeEngine(ScopeCatalog.BuiltIn);
        Assert.True(RequestTarget.TryParse("/hub/api/users", out var target, out _));
        foreach (var scope in ScopeCatalog.BuiltIn.Scopes.Select(scope => scope.Name).Where(name => name is not ("inherit" or "self" or "(no_scope)")))
        {
            foreach (var filter in Filters)
            {
                var requester = new Requester
                {
                    Kind = RequesterKind.Service,
                    Id = 1,
                    Name = "probe",
                    Admin = true,
                    Authority = new Authority([], engine.Expand([scope + filter], ScopeOwner.Service("probe")), MembershipSnapshot.Empty),
                };
                var route = new HubRoute(HubRouteKind.Api, "POST", "api/users", _ => Task.CompletedTask).RequireScopes(null, scope);
                var request = new HubRequest(new DefaultHttpContext(), target, route, new RouteValues());
                var refusal = Record.Exception(() => ScopeGate.Check(request, requester));
                Assert.Equal(filter.Length == 0 ? null : 403, (refusal as HubHttpException)?.Status);
            }
        }
    }

    [Fact]
    public async Task Every_endpoint_that_asks_for_somebody_known_asks_for_a_scope()
    {
        await using var host = await HubHost.StartAsync();
        var unscoped = host.Get<HubRouteTable>().Routes
            .Where(route => route is { IsAnonymous: false, Scopes: null })
            .Select(route => $"{route.Method} {route.Pattern}")
            .Distinct()
            .Order(StringComparer.Ordinal);

        // Each of these looks at its own person only, or decides by itself.
        Assert.Equal(
            [
                "GET api/oauth2/authorize", "GET api/user", "GET home", "GET spawn", "GET user-redirect/{*path}", "GET user/{user}", "GET user/{user}/{*rest}",
                "POST api/authorize/explain", "POST api/oauth2/authorize", "POST security/csp-report", "POST spawn",
            ],
            unscoped);
    }

    private static int Expect(ScopeRequirement required, PermissionSet permissions, MembershipSnapshot membership)
    {
        Resource? resource = required.Filter switch
        {
            ResourceKind.User => Resource.User("ada"),
            ResourceKind.Server => Resource.Server("ada", ""),
            ResourceKind.Group => Resource.Group("physics"),
            ResourceKind.Service => Resource.Service("probe"),
            null => null,
            var other => throw new InvalidOperationException($"The test has no {other} yet."),
        };
        var allowed = required.Scopes.Any(scope => resource is { } entity ? permissions.Allows(scope, entity, membership) : permissions.Allows(scope));
        return allowed ? 200 : resource is not null && required.Scopes.Any(permissions.Holds) ? 404 : 403;
    }

    private static async Task<int> AskAsync(HubHost host, HubRoute route, string token)
    {
        var target = "/hub/" + route.Pattern
            .Replace("{user}", "ada", StringComparison.Ordinal)
            .Replace("{group}", "physics", StringComparison.Ordinal)
            .Replace("{service}", "probe", StringComparison.Ordinal);

        // A list is no body that any endpoint takes, so that nothing happens where the gate is passed.
        using var answer = await host.SendAsync(route.Method, target, token, route.Method == "GET" ? null : Answers.Json("[]"));
        return (int)answer.StatusCode;
    }

    private static async Task<Dictionary<string, string>> TokensAsync(HubHost host)
    {
        var service = await host.Data.AddAsync(new HubService { Name = "probe" });
        var names = ScopeCatalog.BuiltIn.Scopes.Select(scope => scope.Name).ToList();
        var role = await host.Data.AddAsync(new HubRole { Name = "everything", Scopes = [.. names] });
        await host.Data.AddAsync(new ServiceRole { RoleId = role.Id, ServiceId = service.Id });
        var scopes = names.Where(name => name is not ("inherit" or "self" or "(no_scope)")).SelectMany(name => Filters.Select(filter => name + filter)).ToList();
        return await host.Database.WriteAsync(
            async (db, cancel) =>
            {
                var tokens = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var scope in scopes)
                {
                    tokens[scope] = (await HubTokens.AddAsync(db, new NewToken { ServiceId = service.Id, Scopes = [scope] }, TimeProvider.System, cancel)).Value;
                }

                return tokens;
            },
            CancellationToken.None);
    }
}
