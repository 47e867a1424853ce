using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Scopes;

/// <summary>Puts scopes into words, as the catalogue describes them.</summary>
internal sealed class ScopeWords(ScopeEngine engine, PageTexts texts)
{
    private const string Self = "self";

    // Texts: "One's own things", "Custom scopes", "Roles", "Sharing", "Servers", "Groups", "Services", "Tokens", "Users", "The hub"
    private static readonly (string Title, Func<string, bool> Holds)[] Areas =
    [
        ("One's own things", name => name == Self),
        ("Custom scopes", name => name.StartsWith("custom:", StringComparison.Ordinal)),
        ("Roles", name => name.Contains("roles", StringComparison.Ordinal)),
        ("Sharing", name => name.Contains("shares", StringComparison.Ordinal)),
        ("Servers", name => name.Contains("server", StringComparison.Ordinal)),
        ("Groups", name => name.Contains("groups", StringComparison.Ordinal) && name != "read:users:groups"),
        ("Services", name => name.Contains("services", StringComparison.Ordinal)),
        ("Tokens", name => name.Contains("tokens", StringComparison.Ordinal)),
        ("Users", name => name.Contains("users", StringComparison.Ordinal) || name.Contains("auth_state", StringComparison.Ordinal)),
        ("The hub", _ => true),
    ];

    /// <summary>The scopes that a role made here may hold, area by area.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<ScopeWord> Scopes)> Catalogue()
    {
        var byArea = engine.Catalog.Scopes.Where(IsGiven).ToLookup(scope => Array.Find(Areas, area => area.Holds(scope.Name)).Title, scope => Describe(scope.Name));
        return [.. Areas.Where(area => byArea.Contains(area.Title)).Select(area => (texts[area.Title], (IReadOnlyList<ScopeWord>)[.. byArea[area.Title]]))];
    }

    /// <summary>True for a scope without a filter that the catalogue offers.</summary>
    public bool IsInCatalogue(string text) => engine.Catalog.TryGet(text, out var scope) && IsGiven(scope);

    public ScopeWord Describe(string text) => engine.Catalog.TryParse(text, out var scope, out _)
        ? new ScopeWord(text, texts[scope.Scope.Description], FilterOf(scope), Includes(scope.Scope))
        : new ScopeWord(text, null, null, []);

    /// <summary>What is wrong with scopes, one line for each that does not exist; empty if nothing is.</summary>
    public IReadOnlyList<string> Problems(IEnumerable<string> scopes) =>
        [.. scopes.Select(text => engine.Catalog.TryParse(text, out _, out var error) ? null : error.Message).OfType<string>()];

    private static bool IsGiven(Scope scope) => scope.Name is not ("inherit" or "(no_scope)");

    private string? FilterOf(FilteredScope scope) => (scope.Filter, scope.Value) switch
    {
        (null, _) => null,
        (ResourceKind.User, null) => texts["Only for the user who holds it."],
        (ResourceKind.Service, null) => texts["Only for the service that holds it."],
        (_, null) => texts["Only for the server whose token holds it."],
        (ResourceKind.User, { } name) => texts["Only for the user {0}.", name],
        (ResourceKind.Group, { } name) => texts["Only for the group {0} and its members.", name],
        (ResourceKind.Service, { } name) => texts["Only for the service {0}.", name],
        (_, { } name) => texts["Only for the server {0}.", name],
    };

    /// <summary>Somebody has to be the one whom <c>self</c> means, or it would mean nothing.</summary>
    private IReadOnlyList<string> Includes(Scope scope) =>
        [.. engine.Expand([scope.Name], ScopeOwner.User("somebody")).ToScopes().Select(text => text.Split('!', 2)[0]).Where(name => name != scope.Name).Distinct(StringComparer.Ordinal)];
}
