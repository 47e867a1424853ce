using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Servers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Home;

/// <summary>Gives a named server of the visitor's own, while it does not run, another name for people, for addresses, or both.</summary>
internal sealed class RenameServerModel(HomeServers servers, ServerSupervisor supervisor, PageNotices notices, PageTexts texts) : HubPageModel
{
    private HomeServer server = null!;

    /// <summary>What people call it now.</summary>
    public string Current => server.DisplayName;

    public string Action => HubPath + "home/rename/" + Core.Addressing.PathNames.Escape(server.Name);

    public string DisplayName { get; private set; } = "";

    public string? DisplayNameError { get; private set; }

    public string Name { get; private set; } = "";

    public string? NameError { get; private set; }

    /// <summary>What is wrong with neither of the two in particular.</summary>
    public string? Error { get; private set; }

    public async Task OnGetAsync()
    {
        await FindAsync();
        (DisplayName, Name) = (server.DisplayName, server.Name);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var key = await FindAsync();
        DisplayName = await Hub.FormValueAsync("display_name") ?? "";
        Name = await Hub.FormValueAsync("name") ?? "";
        if (ReadChange() is not { } change)
        {
            return PageWith(StatusCodes.Status400BadRequest);
        }

        try
        {
            if (change != new ServerChange())
            {
                await supervisor.ChangeAsync(key.UserName, key.ServerName, change, Hub.Aborted);
            }
        }
        catch (ServerOperationException refused) when (refused.Kind != ServerOperationError.NotFound)
        {
            Tell(refused);
            return PageWith(ServerErrors.StatusOf(refused));
        }
        catch (ServerFailureException failed)
        {
            Error = failed.Failure.Message;
            return PageWith(ServerErrors.From(failed.Failure).Status);
        }

        await notices.RedirectAsync(Hub, HubPath + "home", texts["{0} has its new name.", DisplayName]);
        return new EmptyResult();
    }

    private async Task<ServerKey> FindAsync()
    {
        var key = OwnServers.Key(Hub, "start:servers");
        server = (await servers.ListAsync(Hub.Known, Hub.Aborted)).FirstOrDefault(known => !known.IsDefault && known.Name == key.ServerName)
            ?? throw ServerOperationException.NoSuchServer(key);
        return key;
    }

    /// <summary>Null if one of the names cannot be one; what stays as it is, an old name too, is not asked about.</summary>
    private ServerChange? ReadChange()
    {
        var (isNewName, isNewDisplayName) = (Name != server.Name, DisplayName != server.DisplayName);
        if (isNewName && !ServerNames.IsValid(Name))
        {
            NameError = texts["At most 30 lower-case letters, digits and single hyphens; a letter first, and no hyphen at the end."];
        }

        if (isNewDisplayName && ServerNames.NormalizeDisplayName(DisplayName) is null)
        {
            DisplayNameError = DisplayName.Length == 0
                ? texts["Give the server a name."]
                : texts["A name has 255 characters at most: letters, digits, punctuation, symbols, and single spaces between words."];
        }

        return NameError is null && DisplayNameError is null
            ? new ServerChange { Name = isNewName ? Name : null, DisplayName = isNewDisplayName ? DisplayName : null }
            : null;
    }

    private void Tell(ServerOperationException refused)
    {
        switch (refused.Kind)
        {
            case ServerOperationError.AlreadyExists:
                NameError = texts["Another server of yours has this name."];
                break;
            case ServerOperationError.Active:
                Error = texts["The server runs. Stop it before you rename it."];
                break;
            default:
                Error = refused.Message;
                break;
        }
    }
}
