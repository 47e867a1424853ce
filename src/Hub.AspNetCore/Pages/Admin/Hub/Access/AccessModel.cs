using JupyterHub.AspNetCore.Api;
using JupyterHub.AspNetCore.Pages.Admin.Lists;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Roles.Changes;
using JupyterHub.Core.Roles.Questions;
using JupyterHub.Rbac.Explanations;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Access;

/// <summary>Why may somebody do something, and who may?</summary>
internal sealed class AccessModel(AccessQuestions questions, AccessSearch search, ScopeEngine engine, GrantWords words, PageTexts texts) : AdminPageModel
{
    private static readonly string[] Kept = ["ask", "who", "name", "scope", "kind", "on", "user", "service", "server", "group", "on-user", "on-service"];

    public AccessForm Form { get; private set; } = null!;

    /// <summary>Why somebody may or may not; null if nothing such was asked.</summary>
    public AccessAnswer? Answer { get; private set; }

    /// <summary>Who may; null if nothing such was asked.</summary>
    public AccessHolders? Holders { get; private set; }

    /// <summary>Why the question is not answered.</summary>
    public string? Refusal { get; private set; }

    public IReadOnlyList<string> Missing { get; private set; } = [];

    public ListAddress List { get; private set; } = null!;

    public PagerView Pager => new(List, Holders?.Items.Count ?? 0, Holders?.Total);

    public IEnumerable<Scope> Catalogue => engine.Catalog.Scopes.Where(scope => scope.Name is not ("inherit" or "(no_scope)" or "self"));

    public string Link => Form.UrlOf(AddressOf("access"));

    public string LinkToWho => Form.UrlOf(AddressOf("access")) + "&ask=who";

    public string ResourceName => Form.Resource is { Kind: ResourceKind.Server } server ? $"{server.Name}/{server.ServerName}" : Form.Resource?.Name ?? "";

    public Sentence Verdict(string name, bool isAllowed) => (Form.Resource, isAllowed) switch
    {
        (null, true) => texts.Sentence("Yes: {0} holds {1} without a filter.", name, Form.Scope!.Name),
        (null, false) => texts.Sentence("No: {0} does not hold {1} without a filter.", name, Form.Scope!.Name),
        (_, true) => texts.Sentence("Yes: {0} holds {1} for {2}.", name, Form.Scope!.Name, ResourceName),
        _ => texts.Sentence("No: {0} does not hold {1} for {2}.", name, Form.Scope!.Name, ResourceName),
    };

    public IReadOnlyList<Sentence> Chain(ScopeOwner who, ExplainedGrant grant) => words.Of(who, Form.Resource, grant);

    public string? Invalid(string field, bool asksWho) => Error(field, asksWho) is null ? null : "true";

    /// <summary>What is wrong with a field of one of the two forms.</summary>
    public string? Error(string field, bool asksWho) => Form.AsksWho == asksWho ? Form.ErrorOf(field) : null;

    protected override async Task<IActionResult> ShowAsync()
    {
        Form = AccessForm.Of(Hub, engine.Catalog, texts);
        List = ListAddress.Of(Hub, new ListShape("admin/access", ["name"], Kept.ToDictionary(name => name, _ => (IReadOnlyList<string>?)null)));
        if (Form.IsEmpty)
        {
            return Page();
        }

        if (Form.Errors.Count > 0 || Form.Scope is not { } scope)
        {
            return PageWith(400);
        }

        try
        {
            if (Form.AsksWho)
            {
                Holders = await search.FindAsync(scope.Name, Form.Resource, Hub.Known, List.Offset, List.Size, Hub.Aborted);
            }
            else
            {
                Answer = await questions.AnswerAsync(new AccessQuestion(Form.Owner, scope.Name, Form.Resource), Hub.Known, Hub.Aborted);
            }
        }
        catch (RoleChangeException problem)
        {
            (Refusal, Missing) = (problem.Message, problem.RequiredScopes);
            return PageWith(RoleErrors.StatusOf(problem.Kind));
        }

        return Page();
    }
}
