using JupyterHub.AspNetCore.Api;
using JupyterHub.AspNetCore.Authorization;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Users;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Admin.Users;

/// <summary>Makes many users at once, and tells of each name what became of it.</summary>
internal sealed class AddUsersModel(UserCreation creation, UserNames names, PageTexts texts, UserRows rows) : HubPageModel
{
    private static readonly char[] Separators = ['\n', '\r', ','];

    /// <summary>What was typed.</summary>
    public string Typed { get; private set; } = "";

    public bool IsAdminChosen { get; private set; }

    public string? Error { get; private set; }

    /// <summary>Null before anything was done.</summary>
    public IReadOnlyList<AddedUser>? Results { get; private set; }

    public int Made => Results?.Count(result => result.IsMade) ?? 0;

    /// <summary>Only administrators make administrators.</summary>
    public bool CanMakeAdmins => Hub.Known.MayMakeAdmins;

    public string UrlOf(string name) => rows.UrlOf(name);

    public void OnGet() => ScopeGate.Require(Hub.Known, null, "admin:users");

    public async Task<IActionResult> OnPostAsync()
    {
        ScopeGate.Require(Hub.Known, null, "admin:users");
        Typed = await Hub.FormValueAsync("names") ?? "";
        IsAdminChosen = await Hub.FormValueAsync("admin") == "yes";
        if (IsAdminChosen && !CanMakeAdmins)
        {
            throw HubHttpException.Forbidden(texts["Only admins can grant admin permissions"]);
        }

        var wanted = Typed.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Error = wanted.Length switch
        {
            0 => texts["Enter at least one name."],
            > UsersBody.MostNames => texts["These are {0} names; at most {1} are created at once.", wanted.Length, UsersBody.MostNames],
            _ => null,
        };
        if (Error is not null)
        {
            return PageWith(400);
        }

        Results = await CreateAsync(wanted);
        Typed = string.Join('\n', Results.Where(result => result.Name is null).Select(result => result.Typed));
        return Page();
    }

    private async Task<IReadOnlyList<AddedUser>> CreateAsync(string[] wanted)
    {
        var canonical = wanted.Select(typed => (Typed: typed, Name: names.TryGetCanonical(typed, out var name) ? name : null)).ToList();
        var valid = canonical.Select(one => one.Name).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var made = valid.Count == 0 ? [] : (await creation.CreateAsync(valid, IsAdminChosen, Hub.Aborted)).Created.ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. canonical.Select(one => Describe(one.Typed, one.Name, made, seen))];
    }

    private AddedUser Describe(string typed, string? name, HashSet<string> made, HashSet<string> seen)
    {
        if (name is null)
        {
            return new AddedUser(typed, null, ReasonAgainst(typed), false);
        }

        if (!seen.Add(name))
        {
            return new AddedUser(typed, name, texts["The same name stands above"], false);
        }

        return made.Contains(name)
            ? new AddedUser(typed, name, IsAdminChosen ? texts["Created, as an administrator"] : texts["Created"], true)
            : new AddedUser(typed, name, texts["Existed already and stays as it is"], false);
    }

    private string ReasonAgainst(string typed) => typed switch
    {
        { Length: > UserNames.Longest } => texts["Refused: a name has {0} characters at most", UserNames.Longest],
        _ when typed.Contains('/') => texts["Refused: a name has no slash"],
        _ => texts["Refused: this hub allows no such name"],
    };
}
