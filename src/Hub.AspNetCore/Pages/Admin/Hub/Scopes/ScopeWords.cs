using JupyterHub.AspNetCore.Pages.InWords;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Scopes;

/// <summary>Puts scopes into words, as the catalogue describes them.</summary>
internal sealed class ScopeWords(ScopeEngine engine, ScopeTexts scopeTexts, PageTexts texts)
{
    /// <summary>The scopes that a role made here may hold, subject by subject, as everywhere.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<ScopeWord> Scopes)> Catalogue() =>
    [
        .. engine.Catalog.Scopes.Where(IsGiven).GroupBy(ScopeTexts.SubjectOf).OrderBy(subject => subject.Key)
            .Select(subject => (scopeTexts.TitleOf(subject.Key), (IReadOnlyList<ScopeWord>)[.. subject.Select(scope => Describe(scope.Name))])),
    ];

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
