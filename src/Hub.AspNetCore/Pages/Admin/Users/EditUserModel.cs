using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Confirming;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Users;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Admin.Users;

/// <summary>Renames a user and sets the admin flag (contract 2.3).</summary>
internal sealed class EditUserModel(UserReader users, UserChange change, UserRows rows, PageNotices notices, PageTexts texts) : HubPageModel
{
    private UserRecord user = null!;

    public string UserName => user.Name;

    public string UserUrl => rows.UrlOf(user.Name);

    /// <summary>What was typed, or the name as it is.</summary>
    public string NewName { get; private set; } = "";

    public bool IsAdminChosen { get; private set; }

    public string? NameError { get; private set; }

    /// <summary>Only administrators make or unmake administrators.</summary>
    public bool CanChangeAdmin => Hub.Known.MayMakeAdmins;

    public async Task OnGetAsync()
    {
        await LoadAsync();
        (NewName, IsAdminChosen) = (user.Name, user.Admin);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        NewName = await Hub.FormValueAsync("name") ?? user.Name;
        IsAdminChosen = CanChangeAdmin ? await Hub.FormValueAsync("admin") == "yes" : user.Admin;
        if (user.Admin && !IsAdminChosen && Hub.Known.IsUser && Hub.Known.Name == user.Name && !await ConfirmModel.IsAnsweredAsync(Hub))
        {
            await AskAsync();
            return new EmptyResult();
        }

        var patch = new UserPatch(NewName == user.Name ? null : NewName, IsAdminChosen == user.Admin ? null : IsAdminChosen);
        var changed = await change.ApplyAsync(user.Name, patch, Hub.Known.MayMakeAdmins, Hub.Aborted);
        if (changed.Outcome == UserChangeOutcome.Changed)
        {
            await notices.RedirectAsync(Hub, AfterChange(changed.Name), texts["The changes are saved."]);
            return new EmptyResult();
        }

        NameError = changed.Outcome switch
        {
            UserChangeOutcome.InvalidName => texts["This hub allows no such name."],
            UserChangeOutcome.NameTaken => texts["There is a user of this name already."],
            UserChangeOutcome.HasActiveServers => texts["The user has running servers. Stop them first: their addresses follow the name."],
            UserChangeOutcome.NotFound => throw UserActions.NoSuchUser(user.Name),
            UserChangeOutcome.ChangesAdmin => throw HubHttpException.Forbidden(texts["Only admins can modify other admins"]),
            _ => throw HubHttpException.Forbidden(texts["Only admins can grant admin permissions"]),
        };
        return PageWith(400);
    }

    private async Task LoadAsync()
    {
        AdminGate.RequireForUser(Hub, "admin:users");
        var name = Hub.Value("user");
        user = await users.FindAsync(name, Hub.Aborted) ?? throw UserActions.NoSuchUser(name);
        if (user.Admin && !Hub.Known.MayMakeAdmins)
        {
            throw HubHttpException.Forbidden(texts["Only admins can modify other admins"]);
        }
    }

    private Task AskAsync() => ConfirmModel.AskAsync(Hub, new ConfirmView
    {
        Title = texts["Give up being an administrator?"],
        Question = texts["You will lose what administrators may do, this page perhaps too. Another administrator has to give it back."],
        Button = texts["Give it up"],
        Fields = [new("name", NewName)],
        CancelUrl = UserUrl,
    });

    /// <summary>Whoever gave up being an administrator may not see the page any more.</summary>
    private string AfterChange(string name) => Hub.Known.IsUser && Hub.Known.Name == user.Name && user.Admin && !IsAdminChosen ? HubPath + "home" : rows.UrlOf(name);
}
