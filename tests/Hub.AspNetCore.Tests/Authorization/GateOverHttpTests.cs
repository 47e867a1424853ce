using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Services;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Tests.Authorization;

/// <summary>A sample for each endpoint over HTTP: its own scopes under every filter, with real tokens, through the whole pipeline.</summary>
public sealed class GateOverHttpTests
{
    /// <summary>What every token of the calling service holds besides its own scopes (contract 4.4).</summary>
    private const string Identity = "read:services:name!service=caller";

    [Fact]
    public async Task GHSA_69wv_m5fw_2fhp_requests_are_refused_as_the_contract_says()
    {
        await using var host = await HubHost.StartAsync();
        foreach (var (group, member) in ScopeOracle.Members)
        {
            await host.Data.GroupAsync(group, member);
        }

        var tokens = await TokensAsync(host);
        var failures = new List<string>();
        var asked = 0;
        foreach (var route in host.Get<HubRouteTable>().Routes.Where(route => route is { Kind: HubRouteKind.Api, Scopes: not null, IsAnonymous: false }))
        {
            foreach (var (scope, token) in tokens.Where(pair => Concerns(route, pair.Key)))
            {
                var expected = ScopeOracle.Decide(GateWorld.Holder(scope, Identity).Authority.Permissions.ToScopes().ToHashSet(StringComparer.Ordinal), route.Scopes!.Scopes, GateWorld.FilterOf(route));

                // What would do something is not asked to, and additions decide more behind the gate: that it is open then its own test shows.
                if (expected == 200 && (route.Method != "GET" || !IsRecorded(route)))
                {
                    continue;
                }

                expected = expected == 200 && CoversNothing(route, scope) ? 403 : expected;
                asked++;
                if (await AskAsync(host, route, token) is var found && found != expected)
                {
                    failures.Add($"{route.Method} {route.Pattern} with {scope}: {found}, not {expected}");
                }
            }
        }

        Assert.True(asked > 100, $"only {asked} requests were made");
        Assert.True(failures.Count == 0, $"{failures.Count} of {asked} differ:\n{string.Join('\n', failures.Take(40))}");
    }

    private static bool IsRecorded(HubRoute route) => RecordedEndpoint.Api.Any(endpoint => endpoint.Key == RecordedEndpoint.KeyOf(route));

    /// <summary>A listing of users or groups refuses filters that cannot cover any (contract 2.3, 2.7), behind the gate and in its words.</summary>
    private static bool CoversNothing(HubRoute route, string scope) => scope.Split('!', '=') is [_, var kind, ..] && route.Pattern switch
    {
        "api/users" => kind is not ("user" or "group"),
        "api/groups" => kind is not "group",
        _ => false,
    };

    /// <summary>Scopes of the endpoint, and one that is nothing to it.</summary>
    private static bool Concerns(HubRoute route, string scope)
    {
        var name = scope.Split('!')[0];
        return route.Scopes!.Scopes.Contains(name) || scope == (route.Scopes.Scopes.Contains("read:hub") ? "proxy" : "read:hub");
    }

    /// <summary>The status of a refusal by the gate, which is told by its words; 200 for whatever comes behind it.</summary>
    private static async Task<int> AskAsync(HubHost host, HubRoute route, string token)
    {
        using var answer = await host.SendAsync(route.Method, GateWorld.TargetOf(route), token, route.Method == "GET" ? null : Answers.Json("[]"));
        if (answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.NotFound))
        {
            return 200;
        }

        var message = (string?)JsonNode.Parse(await answer.TextAsync())!["message"] ?? "";
        if (!message.StartsWith("Action is not authorized", StringComparison.Ordinal) && message != "No access to resources or resources not found")
        {
            return 200;
        }

        Assert.NotNull(answer.Header(RequiredScopes.HeaderName));
        return (int)answer.StatusCode;
    }

    private static async Task<Dictionary<string, string>> TokensAsync(HubHost host)
    {
        await host.Data.AddAsync(new HubService { Name = "probe" });
        var service = await host.Data.AddAsync(new HubService { Name = "caller" });
        var role = await host.Data.AddAsync(new HubRole { Name = "everything", Scopes = [.. GateWorld.ScopeNames] });
        await host.Data.AddAsync(new ServiceRole { RoleId = role.Id, ServiceId = service.Id });
        return await host.Database.WriteAsync(
            async (db, cancel) =>
            {
                var tokens = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var scope in GateWorld.ScopeNames.SelectMany(name => GateWorld.Filters.Select(filter => name + filter)))
                {
                    tokens[scope] = (await HubTokens.AddAsync(db, new NewToken { ServiceId = service.Id, Scopes = [scope] }, TimeProvider.System, cancel)).Value;
                }

                return tokens;
            },
            CancellationToken.None);
    }
}
