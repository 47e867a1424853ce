using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Home;

/// <summary>A person's own servers, what others share with them, and the services of this hub.</summary>
internal sealed class HomeModel(
    HomeServers servers, SharedServers sharedServers, ServiceLinks links, ServerInventory inventory, ServerViews views, PageNotices notices, PageTexts texts, JupyterHubOptions options)
    : HubPageModel
{
    public IReadOnlyList<HomeServer> Servers { get; private set; } = [];

    /// <summary>What others share; null where the visitor may not see that.</summary>
    public SharedList? Shared { get; private set; }

    public IReadOnlyList<ServiceLink> Services { get; private set; } = [];

    public bool HasNamedServers => options.AllowNamedServers;

    public int NamedServers => Servers.Count - 1;

    /// <summary>0 for no limit.</summary>
    public int Limit => options.NamedServerLimitPerUser;

    public bool IsFull => Limit > 0 && NamedServers >= Limit;

    public bool MayCreate => HasNamedServers && Allows("start:servers", Resource.User(Hub.Known.Name));

    /// <summary>Servers whose names are not allowed any more.</summary>
    public IReadOnlyList<HomeServer> OldNames => [.. Servers.Where(server => server.HasOldName)];

    public bool OldNamesMayStart => options.AllowExistingInvalidNamedServers == InvalidServerNames.AllowStart;

    /// <summary>What was typed for a new server that was refused.</summary>
    public string TypedName { get; private set; } = "";

    public string? NameError { get; private set; }

    public Task OnGetAsync() => LoadAsync();

    /// <summary>Makes a named server, and goes on to start it if that was asked.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        TypedName = await Hub.FormValueAsync("display_name") ?? "";
        if (ServerNames.NormalizeDisplayName(TypedName) is not { } displayName)
        {
            return await RefuseAsync(NameProblem(TypedName), StatusCodes.Status400BadRequest);
        }

        var key = new ServerKey(Hub.Known.Name, SafeSlug.Unique(displayName));
        OwnServers.Require(Hub, "start:servers", key.ServerName);
        try
        {
            await inventory.CreateAsync(key, new ServerChoices(displayName), Hub.Aborted);
        }
        catch (ServerOperationException refused) when (refused.Kind is ServerOperationError.AlreadyExists or ServerOperationError.AgainstRules)
        {
            return await RefuseAsync(Explain(refused, key), ServerErrors.StatusOf(refused));
        }

        await (await Hub.FormValueAsync("then") == "start"
            ? Hub.RedirectAsync(views.PageOf("spawn", key.UserName, key.ServerName), StatusCodes.Status303SeeOther)
            : notices.RedirectAsync(Hub, HubPath + "home", texts["{0} was created.", displayName]));
        return new EmptyResult();
    }

    private string NameProblem(string typed) => typed.Length == 0
        ? texts["Give the server a name."]
        : texts["A name has 255 characters at most: letters, digits, punctuation, symbols, and single spaces between words."];

    private string Explain(ServerOperationException refused, ServerKey key) => refused.Kind switch
    {
        ServerOperationError.AlreadyExists => texts["You have a server with the address {0} already. Choose another name.", key.ServerName],
        _ when !HasNamedServers => texts["This hub has no named servers."],
        _ when Limit > 0 => texts["You have as many named servers as this hub allows. Delete one first."],
        _ => refused.Message,
    };

    private async Task<IActionResult> RefuseAsync(string problem, int status)
    {
        NameError = problem;
        await LoadAsync();
        return PageWith(status);
    }

    private async Task LoadAsync()
    {
        Servers = await servers.ListAsync(Hub.Known, Hub.Aborted);
        Shared = await sharedServers.ListAsync(Hub.Known, Hub.Aborted);
        Services = await links.ListAsync(Hub.Known, Hub.Aborted);
    }
}
