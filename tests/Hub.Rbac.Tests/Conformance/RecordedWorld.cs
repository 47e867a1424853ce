using System.Text.Json;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Tests.Conformance;

/// <summary>Answers the recorded questions about one world with the engine.</summary>
internal sealed class RecordedWorld
{
    private static readonly ScopeEngine Engine = ScopeEngine.BuiltIn;

    private readonly Dictionary<string, string[]> roles;
    private readonly ILookup<(string Kind, string Name), string> grants;
    private readonly MembershipSnapshot membership;

    public RecordedWorld(JsonElement world)
    {
        roles = world.GetProperty("roles").EnumerateObject().ToDictionary(role => role.Name, role => Strings(role.Value));
        roles.TryAdd("user", ["self"]);
        grants = world.GetProperty("grants").EnumerateArray()
            .ToLookup(grant => (grant[0].GetString()!, grant[1].GetString()!), grant => grant[2].GetString()!);
        membership = new MembershipSnapshot(1, world.GetProperty("users").EnumerateObject()
            .SelectMany(user => user.Value.EnumerateArray().Select(group => KeyValuePair.Create(user.Name, group.GetString()!))));
    }

    /// <summary>The answer in the form of the recording: <c>{"expect": …}</c> or <c>{"error": …}</c>.</summary>
    public string Answer(JsonElement question) => question.GetProperty("op").GetString() switch
    {
        "scopes_for" => Expect(PermissionsOf(Owner(question)!.Value)),
        "expand" => Expect(Engine.Expand(Strings(question, "scopes"), Owner(question), Client(question))),
        "intersect" => Expect(Engine.Intersect(Engine.Expand(Strings(question, "a")), Engine.Expand(Strings(question, "b")), membership)),
        "has" => Expect(Has(question)),
        "filter" => Expect(Filter(question)),
        "token" => Token(question),
        "resolve" => Resolve(question),
        "exist" => Exist(question),
        var other => throw new InvalidOperationException($"Unknown question {other}."),
    };

    private PermissionSet PermissionsOf(ScopeOwner owner)
    {
        IEnumerable<string> held = owner.Kind == ResourceKind.User
            ? ["user", .. grants[("user", owner.Name)], .. membership.GroupsOf(owner.Name).SelectMany(group => grants[("group", group)])]
            : grants[("service", owner.Name)];
        return Engine.Expand(held.SelectMany(role => roles[role]), owner);
    }

    private bool Has(JsonElement question)
    {
        var have = Engine.Expand(Strings(question, "have"));
        var required = Engine.Catalog.Parse(question.GetProperty("scope").GetString());
        return question.GetProperty("post_filter").GetBoolean()
            ? required.Filter is null && have.Holds(required.Scope)
            : have.Allows(required, membership);
    }

    private bool Filter(JsonElement question)
    {
        var name = question.GetProperty("name").GetString()!;
        var resource = question.GetProperty("kind").GetString() switch
        {
            "user" => Resource.User(name),
            "group" => Resource.Group(name),
            "service" => Resource.Service(name),
            _ => Resource.Server(name[..name.IndexOf('/')], name[(name.IndexOf('/') + 1)..]),
        };
        return Engine.Expand(Strings(question, "have")).Allows(question.GetProperty("base").GetString()!, resource, membership);
    }

    private string Token(JsonElement question)
    {
        var owner = Owner(question)!.Value;
        var permissions = PermissionsOf(owner);
        var scopes = Strings(question, "scopes");
        return Engine.BeyondOwner(scopes, owner, Client(question), permissions, membership).IsEmpty
            ? Expect(Engine.ForToken(scopes, owner, Client(question), permissions, membership))
            : Error("ValueError");
    }

    private string Resolve(JsonElement question)
    {
        var answer = Engine.Resolve(Strings(question, "scopes"), Strings(question, "have"), Owner(question), Client(question), membership);
        return Expect(new[] { answer.Allowed, answer.Refused });
    }

    private static string Exist(JsonElement question)
    {
        try
        {
            Engine.Validate(Strings(question, "scopes"));
            return Expect(true);
        }
        catch (ScopeException)
        {
            return Error("ScopeNotFound");
        }
    }

    private static ScopeOwner? Owner(JsonElement question) => !question.TryGetProperty("owner", out var owner)
        ? null
        : owner[0].GetString() == "user" ? ScopeOwner.User(owner[1].GetString()!) : ScopeOwner.Service(owner[1].GetString()!);

    private static ScopeClient? Client(JsonElement question)
    {
        if (!question.TryGetProperty("client", out var client))
        {
            return null;
        }

        var name = client[1].GetString()!;
        return client[0].GetString() == "service"
            ? ScopeClient.Service(name)
            : ScopeClient.Server(name[..name.IndexOf('/')], name[(name.IndexOf('/') + 1)..]);
    }

    private static string[] Strings(JsonElement question, string property) => Strings(question.GetProperty(property));

    private static string[] Strings(JsonElement list) => list.EnumerateArray().Select(item => item.GetString()!).ToArray();

    private static string Expect(PermissionSet permissions) => Expect(permissions.ToScopes());

    private static string Expect(object value) => JsonSerializer.Serialize(new { expect = value });

    private static string Error(string kind) => JsonSerializer.Serialize(new { error = kind });
}
