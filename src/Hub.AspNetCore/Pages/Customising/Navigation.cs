using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;

namespace JupyterHub.AspNetCore.Pages.Customising;

/// <summary>The hub's own links at the top of every page.</summary>
internal static class Navigation
{
    /// <summary>Where this visitor may go; nowhere without being known.</summary>
    public static IEnumerable<HubPageLink> Of(HubRequest request, PageTexts texts)
    {
        if (HubPageModel.ViewerOf(request) is null)
        {
            yield break;
        }

        yield return To(request, "home", texts["Home"]);
        yield return To(request, "token", texts["Tokens"]);
        yield return To(request, "sharing", texts["Sharing"]);
        if (request.Known.Allows("admin-ui"))
        {
            yield return To(request, "admin", texts["Admin"]);
        }
    }

    private static HubPageLink To(HubRequest request, string page, string text)
    {
        var url = request.Addresses.HubPath + page;
        var path = request.Target.RawPath;
        return new HubPageLink(text, url, path.SequenceEqual(url) || path.StartsWith(url + "/", StringComparison.Ordinal));
    }
}
