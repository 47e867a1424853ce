using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.AspNetCore.Pages.InWords;

/// <summary>Says in words what scopes allow, and to what their filters limit them.</summary>
internal sealed class ScopeTexts(ScopeEngine engine, PageTexts texts)
{
    /// <param name="scope">A raw or expanded scope.</param>
    /// <param name="viewer">Who reads it: what is theirs is called so.</param>
    public ScopeText Of(string scope, string viewer)
    {
        if (!engine.Catalog.TryParse(scope, out var parsed, out _))
        {
            return new ScopeText(scope, scope, "", null, ScopeSubject.Custom);
        }

        var subject = SubjectOf(parsed.Scope);
        return new ScopeText(scope, parsed.Scope.Name, texts[parsed.Scope.Description], LimitOf(parsed, subject, viewer), subject);
    }

    /// <summary>The scopes by subject, each subject's in the catalogue's order.</summary>
    public IReadOnlyList<ScopeTextGroup> Group(IEnumerable<string> scopes, string viewer) =>
    [
        .. scopes.Select(scope => Of(scope, viewer))
            .GroupBy(scope => scope.Subject)
            .OrderBy(group => group.Key)
            .Select(group => new ScopeTextGroup(group.Key, TitleOf(group.Key), [.. group])),
    ];

    public string TitleOf(ScopeSubject subject) => subject switch
    {
        ScopeSubject.Everything => texts["In general"],
        ScopeSubject.Users => texts["Users"],
        ScopeSubject.Servers => texts["Servers"],
        ScopeSubject.Groups => texts["Groups"],
        ScopeSubject.Tokens => texts["Tokens"],
        ScopeSubject.Shares => texts["Sharing"],
        ScopeSubject.Services => texts["Services"],
        ScopeSubject.Roles => texts["Roles"],
        ScopeSubject.Hub => texts["The hub"],
        _ => texts["Of this hub's services"],
    };

    public static ScopeSubject SubjectOf(Scope scope) => scope.Name switch
    {
        _ when scope.IsCustom => ScopeSubject.Custom,
        "self" or "inherit" or "(no_scope)" => ScopeSubject.Everything,
        "admin:auth_state" => ScopeSubject.Users,
        var name when name.Contains("shares", StringComparison.Ordinal) => ScopeSubject.Shares,
        var name when name.Contains("roles", StringComparison.Ordinal) => ScopeSubject.Roles,
        var name when name.Contains("server", StringComparison.Ordinal) => ScopeSubject.Servers,
        var name when name.Contains("services", StringComparison.Ordinal) => ScopeSubject.Services,
        var name when name.Contains("tokens", StringComparison.Ordinal) => ScopeSubject.Tokens,
        var name when name.Contains("users", StringComparison.Ordinal) => ScopeSubject.Users,
        var name when name.Contains("groups", StringComparison.Ordinal) => ScopeSubject.Groups,
        _ => ScopeSubject.Hub,
    };

    private Sentence? LimitOf(FilteredScope scope, ScopeSubject subject, string viewer) => scope.Filter switch
    {
        null => null,
        ResourceKind.User when scope.Value is null || scope.Value == viewer => OwnLimit(scope.Scope.Name, subject),
        ResourceKind.User => texts.Sentence("Only for {0}.", scope.Value!),
        ResourceKind.Group => texts.Sentence("Only for the group {0}.", scope.Value!),
        ResourceKind.Service => scope.Value is { } service ? texts.Sentence("Only for the service {0}.", service) : texts.Sentence("Only for the service that asks."),
        _ => ServerLimit(scope, viewer),
    };

    private Sentence OwnLimit(string name, ScopeSubject subject) => subject switch
    {
        ScopeSubject.Servers => texts.Sentence("Only for your servers."),
        ScopeSubject.Tokens => texts.Sentence("Only for your tokens."),
        ScopeSubject.Shares when name.Contains("users", StringComparison.Ordinal) => texts.Sentence("Only for what is shared with you."),
        ScopeSubject.Shares => texts.Sentence("Only for your servers."),
        _ => texts.Sentence("Only for you."),
    };

    private Sentence ServerLimit(FilteredScope scope, string viewer)
    {
        if (!scope.TryGetResource(out var server))
        {
            return scope.Value is { } value ? texts.Sentence("Only for the server {0}.", value) : texts.Sentence("Only for the server that asks.");
        }

        return (server.Name == viewer, server.ServerName ?? "") switch
        {
            (true, "") => texts.Sentence("Only for your default server."),
            (true, var name) => texts.Sentence("Only for your server {0}.", name),
            (false, "") => texts.Sentence("Only for the default server of {0}.", server.Name),
            (false, var name) => texts.Sentence("Only for the server {0} of {1}.", name, server.Name),
        };
    }
}
