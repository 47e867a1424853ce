using JupyterHub.AspNetCore.Pages.Admin.Hub.Forms;
using JupyterHub.AspNetCore.Pages.Admin.Hub.Scopes;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Roles.Changes;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Roles;

/// <summary>Reads forms that change roles, within the limits that the API has for the same. What is wrong is noted with its field.</summary>
internal sealed class RoleForm(IFormCollection form, RejectedForm rejected, ScopeWords words, PageTexts texts, TimeProvider time)
{
    private const int MostScopes = 1_000;
    private const int LongestScope = 2048;
    private const int LongestDescription = 1023;
    private const int LongestName = 255;

    public CreateRole Create()
    {
        var name = Text("name");
        if (!RoleNames.IsValid(name))
        {
            rejected.Errors["name"] = texts["A role's name has 3 to 255 of the characters a-z, 0-9, -, _, ~ and the full stop; it begins with a letter and ends with a letter or digit."];
        }

        return new CreateRole(name) { Description = Description(), Scopes = Scopes(), ExpiresAt = new ExpiryForm(form, rejected, texts, time).Read().ExpiresAt };
    }

    public ChangeRole Change(string name)
    {
        var (hasExpiry, end) = new ExpiryForm(form, rejected, texts, time).Read();
        return new ChangeRole(name) { HasDescription = true, Description = Description(), Scopes = Scopes(), HasExpiry = hasExpiry, ExpiresAt = end };
    }

    public AssignRole Assign(string name)
    {
        var (hasExpiry, end) = new ExpiryForm(form, rejected, texts, time).Read();
        return new AssignRole(name, Holder()) { HasExpiry = hasExpiry, ExpiresAt = end };
    }

    public RemoveRole Remove(string name) => new(name, Holder());

    private ScopeOwner Holder()
    {
        var name = Text("holder");
        if (name.Length is 0 or > LongestName)
        {
            rejected.Errors["holder"] = texts["Enter who it is about."];
        }

        return Text("kind") switch
        {
            "group" => ScopeOwner.Group(name),
            "service" => ScopeOwner.Service(name),
            _ => ScopeOwner.User(name),
        };
    }

    private string? Description()
    {
        var text = Text("description");
        if (text.Length > LongestDescription)
        {
            rejected.Errors["description"] = texts["A description has {0} characters at most.", LongestDescription];
        }

        return text.Length == 0 ? null : text;
    }

    private List<string> Scopes()
    {
        var scopes = form["scope"].Select(scope => scope ?? "").Concat(NameList.Of(form["filtered"].ToString())).Distinct(StringComparer.Ordinal).ToList();
        var problems = scopes.Count > MostScopes ? [texts["A role has {0} scopes at most.", MostScopes]]
            : scopes.Exists(scope => scope.Length > LongestScope) ? [texts["A scope has {0} characters at most.", LongestScope]]
            : words.Problems(scopes);
        if (problems.Count > 0)
        {
            rejected.Errors["filtered"] = string.Join(Environment.NewLine, problems.Take(20));
        }

        return scopes;
    }

    private string Text(string field) => form[field].ToString().Trim();
}
