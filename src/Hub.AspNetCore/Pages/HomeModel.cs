using System.Globalization;
using JupyterHub.AspNetCore.Api.Models;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>A person's own server: what it does, and the buttons to change that.</summary>
internal sealed class HomeModel(UserModels users, ServerViews views) : HubPageModel
{
    public ServerView Default { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        var name = Hub.Known.Name;
        var user = await users.LoadAsync(name, Hub.Aborted);
        Default = views.Of(name, "", user?.Spawners.FirstOrDefault(row => row.Name.Length == 0));
    }

    public static string Time(DateTime? time) => time is { } value ? value.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : "–";
}
