using System.Globalization;
using JupyterHub.AspNetCore.Api;
using JupyterHub.AspNetCore.Authorization;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Admin.Hub.Forms;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Announcements;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.State;

/// <summary>The forms by which announcements are set and removed, with the scope that the API asks for the same.</summary>
internal static class AnnouncementPages
{
    public const string Field = "message";

    public static void Map(HubRouteTable routes)
    {
        routes.Admin("POST", "admin/hub/announcements/{page}", request => RunAsync(request, SetAsync)).RequireScopes(null, AnnouncementsEndpoints.WriteScope);
        routes.Admin("POST", "admin/hub/announcements/{page}/remove", request => RunAsync(request, RemoveAsync)).RequireScopes(null, AnnouncementsEndpoints.WriteScope);
    }

    /// <summary>A page has a form of its own: what is wrong is told there.</summary>
    public static string FieldOf(string page) => $"{Field}-{page}";

    /// <summary>The forms stand on a page, to which they lead back, that needs a scope of its own.</summary>
    private static Task RunAsync(HubRequest request, Func<HubRequest, string, PageTexts, Task> form)
    {
        ScopeGate.Require(request.Known, null, [AnnouncementsEndpoints.ReadScope]);
        return form(request, AnnouncementsEndpoints.PageOf(request), request.Get<PageTexts>());
    }

    private static async Task SetAsync(HubRequest request, string page, PageTexts texts)
    {
        var message = (await request.FormValueAsync(Field) ?? throw HubHttpException.BadRequest("message is missing")).ReplaceLineEndings("\n");
        if (Problem(message, texts) is { } problem)
        {
            await RejectedForm.ShowAsync(request, "Admin/Hub", FieldOf(page), problem);
            return;
        }

        await request.Get<PageAnnouncements>().SetAsync(page, message, AnnouncementsEndpoints.NameOf(request), request.Aborted);
        await BackAsync(request, message.Length == 0 ? texts["From now on nothing is announced there."] : texts["From now on this is announced."]);
    }

    private static string? Problem(string message, PageTexts texts) =>
        message.Length > PageAnnouncements.LongestMessage
            ? texts["An announcement has {0} characters at most.", PageAnnouncements.LongestMessage.ToString("N0", CultureInfo.CurrentCulture)]
            : message.Contains('\0', StringComparison.Ordinal) ? texts["This is not plain text."] : null;

    private static async Task RemoveAsync(HubRequest request, string page, PageTexts texts)
    {
        var isRemoved = await request.Get<PageAnnouncements>().RemoveAsync(page, AnnouncementsEndpoints.NameOf(request), request.Aborted);
        await BackAsync(request, isRemoved ? texts["The announcement was removed. What the configuration says counts again."] : texts["There was nothing to remove."]);
    }

    private static Task BackAsync(HubRequest request, string text) =>
        request.Get<PageNotices>().RedirectAsync(request, AdminUrl.Of(request.Addresses.HubPath, "hub"), text);
}
