using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.OAuth;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Access;

/// <summary>
/// Reads a question from the address. Links write it short (<c>?user=ada&amp;scope=access:servers&amp;server=grace/lab</c>); the forms of the page say
/// of each name what it is (<c>who</c>, <c>name</c>, <c>kind</c>, <c>on</c>).
/// </summary>
internal sealed class AccessForm
{
    private const int Longest = 2048;
    private static readonly string[] Kinds = ["server", "user", "group", "service"];
    private readonly Dictionary<string, string> errors = new(StringComparer.Ordinal);

    /// <summary>True where it is asked who may, and not why somebody may.</summary>
    public bool AsksWho { get; private init; }

    /// <summary>True if nothing is asked yet.</summary>
    public bool IsEmpty { get; private init; }

    /// <summary><c>user</c> or <c>service</c>.</summary>
    public string Who { get; private init; } = "user";

    public string Name { get; private init; } = "";

    public string ScopeText { get; private init; } = "";

    /// <summary>What kind of entity it is about; empty where no filter may be needed.</summary>
    public string Kind { get; private init; } = "";

    public string On { get; private init; } = "";

    public IReadOnlyDictionary<string, string> Errors => errors;

    /// <summary>The scope that was asked for; null if there is an error.</summary>
    public Scope? Scope { get; private set; }

    public Resource? Resource { get; private set; }

    public ScopeOwner Owner => Who == "service" ? ScopeOwner.Service(Name) : ScopeOwner.User(Name);

    public static AccessForm Of(HubRequest request, ScopeCatalog catalog, PageTexts texts)
    {
        string Value(string name) => request.Query(name) is { Length: <= Longest } value ? value : "";
        var service = Value("service");
        var linked = Value("user") is { Length: > 0 } user ? user : service;
        var kind = Array.Find(Kinds, candidate => request.Query(OfLink(candidate)) is not null);
        var form = new AccessForm
        {
            AsksWho = Value("ask") == "who" || (request.Query("ask") is null && linked.Length == 0),
            IsEmpty = request.Query("scope") is null,
            Who = (linked.Length > 0 ? service.Length > 0 && linked == service : Value("who") == "service") ? "service" : "user",
            Name = linked.Length > 0 ? linked : Value("name"),
            ScopeText = Value("scope"),
            Kind = kind ?? (Kinds.Contains(Value("kind")) ? Value("kind") : ""),
            On = kind is null ? Value("on") : Value(OfLink(kind)),
        };
        if (!form.IsEmpty)
        {
            form.Check(catalog, texts);
        }

        return form;
    }

    /// <summary>The question as a link.</summary>
    public string UrlOf(string page)
    {
        List<KeyValuePair<string, string>> query = [];
        if (!AsksWho)
        {
            query.Add(new(Who, Name));
        }

        query.Add(new("scope", ScopeText));
        if (Kind.Length > 0)
        {
            query.Add(new(OfLink(Kind), On));
        }

        return FormEncoding.AppendToQuery(page, query);
    }

    public string? ErrorOf(string field) => errors.GetValueOrDefault(field);

    /// <summary>A link says with <c>user</c> and <c>service</c> whom it is about.</summary>
    private static string OfLink(string kind) => kind is "user" or "service" ? "on-" + kind : kind;

    private void Check(ScopeCatalog catalog, PageTexts texts)
    {
        if (!AsksWho && Name.Length is 0 or > 255)
        {
            errors["name"] = texts["Enter who the question is about."];
        }

        if (!catalog.TryParse(ScopeText, out var scope, out var error))
        {
            errors["scope"] = error.Message;
            return;
        }

        if (scope.Filter is not null)
        {
            Accept(scope, texts);
        }
        else if (Kind.Length == 0)
        {
            Scope = scope.Scope;
        }
        else if (On.Length == 0)
        {
            errors["on"] = texts["Enter the name of what it is about."];
        }
        else
        {
            // A server is named with its owner; the owner alone means the default server.
            Accept(catalog.Parse($"{scope.Scope.Name}!{Kind}={(Kind == "server" && !On.Contains('/', StringComparison.Ordinal) ? On + "/" : On)}"), texts);
        }
    }

    private void Accept(FilteredScope scope, PageTexts texts)
    {
        if (scope.TryGetResource(out var resource))
        {
            (Scope, Resource) = (scope.Scope, resource);
        }
        else
        {
            errors["scope"] = texts["The filter names nobody; write it out, such as server=owner/name."];
        }
    }
}
