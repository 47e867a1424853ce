using System.Text.Json;
using JupyterHub.Cli.Scopes.Worlds;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Cli.Scopes.Decisions;

/// <summary>One recorded question. Its answer is what was recorded under <c>expect</c>, or the kind of an error.</summary>
internal sealed class Question(JsonElement question, string place)
{
    private const string ScopeNotFound = "ScopeNotFound";
    private const string Refused = "ValueError";

    /// <summary>Writes <c>{"expect":…}</c> or <c>{"error":"…"}</c>.</summary>
    /// <exception cref="ScopesRefusedException">The question is malformed.</exception>
    public void Answer(ScopeWorld world, Utf8JsonWriter output)
    {
        JsonShape.RequireObject(question, place, "op", "scopes", "owner", "client", "a", "b", "have", "scope", "post_filter", "base", "kind", "name", "expect", "error");
        try
        {
            Answer(JsonShape.Text(question, "op", place), world, new Answers(output));
        }
        catch (ScopeException)
        {
            new Answers(output).Error(ScopeNotFound);
        }
    }

    // Everything is worked out before a part of it is written, so that an error never follows half an answer.
    private void Answer(string operation, ScopeWorld world, Answers answers)
    {
        var (engine, membership) = (world.Rbac.Engine, world.Rbac.Membership);
        switch (operation)
        {
            case "scopes_for":
                answers.Scopes(world.Rbac.PermissionsOf(KnownOwner(world)));
                break;
            case "expand":
                answers.Scopes(engine.Expand(Strings("scopes"), Owner(), Client()));
                break;
            case "intersect":
                answers.Scopes(engine.Intersect(engine.Expand(Strings("a")), engine.Expand(Strings("b")), membership));
                break;
            case "has":
                answers.Decision(Has(world));
                break;
            case "filter":
                answers.Decision(engine.Expand(Strings("have")).Allows(Text("base"), Resource(), membership));
                break;
            case "token":
                Token(world, answers);
                break;
            case "resolve":
                answers.Resolution(engine.Resolve(Strings("scopes"), Strings("have"), Owner(), Client(), membership));
                break;
            case "exist":
                engine.Validate(Strings("scopes"));
                answers.Decision(true);
                break;
            default:
                throw new ScopesRefusedException($"{place}.op is {JsonShape.Quote(operation)}; it must be scopes_for, expand, intersect, has, filter, token, resolve or exist.");
        }
    }

    private bool Has(ScopeWorld world)
    {
        var have = world.Rbac.Engine.Expand(Strings("have"));
        var required = world.Catalog.Parse(Text("scope"));
        if (required.IsShort)
        {
            throw new ScopesRefusedException($"{place}.scope does not say whom its filter means; write it out.");
        }

        return JsonShape.Flag(question, "post_filter", place)
            ? required.Filter is null && have.Holds(required.Scope)
            : have.Allows(required, world.Rbac.Membership);
    }

    private void Token(ScopeWorld world, Answers answers)
    {
        var (engine, owner, client, scopes) = (world.Rbac.Engine, KnownOwner(world), Client(), Strings("scopes"));
        var permissions = world.Rbac.PermissionsOf(owner);
        if (engine.BeyondOwner(scopes, owner, client, permissions, world.Rbac.Membership).IsEmpty)
        {
            answers.Scopes(engine.ForToken(scopes, owner, client, permissions, world.Rbac.Membership));
        }
        else
        {
            answers.Error(Refused);
        }
    }

    private ScopeOwner KnownOwner(ScopeWorld world) => Owner() is { } owner && world.Knows(owner)
        ? owner
        : throw new ScopesRefusedException($"{place}.owner must be a user or service of the world.");

    private ScopeOwner? Owner() => Pair("owner") switch
    {
        null => null,
        ("user", var name) => ScopeOwner.User(name),
        ("service", var name) => ScopeOwner.Service(name),
        _ => throw new ScopesRefusedException($"{place}.owner must be [\"user\", name] or [\"service\", name]."),
    };

    private ScopeClient? Client() => Pair("client") switch
    {
        null => null,
        ("service", var name) => ScopeClient.Service(name),
        ("server", var name) when name.Contains('/', StringComparison.Ordinal) => ScopeClient.Server(name[..name.IndexOf('/')], name[(name.IndexOf('/') + 1)..]),
        _ => throw new ScopesRefusedException($"{place}.client must be [\"service\", name] or [\"server\", user/name]."),
    };

    private Resource Resource() => Entities.TryCreate(Text("kind"), Text("name"), out var resource)
        ? resource
        : throw new ScopesRefusedException($"{place} must name a user, group, service or server (user/name) with kind and name.");

    private (string Kind, string Name)? Pair(string name)
    {
        if (!question.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return JsonShape.Strings(value, $"{place}.{name}") is [var kind, var entity]
            ? (kind, entity)
            : throw new ScopesRefusedException($"{place}.{name} must be [kind, name].");
    }

    private IReadOnlyList<string> Strings(string name) => JsonShape.Strings(question, name, place);

    private string Text(string name) => JsonShape.Text(question, name, place);
}
