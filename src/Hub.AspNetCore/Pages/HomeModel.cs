using JupyterHub.Core.Users;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>A person's own server: what it does, and the buttons to change that.</summary>
internal sealed class HomeModel(UserReader users, ServerViews views) : HubPageModel
{
    public ServerView Default { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        var name = Hub.Known.Name;
        var user = await users.FindAsync(name, Hub.Aborted);
        Default = views.Of(name, "", user?.Servers.FirstOrDefault(row => row.Name.Length == 0));
    }
}
