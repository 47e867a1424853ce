using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>A link at the top of every page.</summary>
internal sealed record NavigationLink(string Url, string Text, bool IsCurrent)
{
    /// <summary>Where this visitor may go.</summary>
    public static IEnumerable<NavigationLink> Of(HubRequest request, PageTexts texts)
    {
        yield return To(request, "home", texts["Home"]);
        yield return To(request, "token", texts["Tokens"]);
        yield return To(request, "sharing", texts["Sharing"]);
        if (request.Known.Allows("admin-ui"))
        {
            yield return To(request, "admin", texts["Admin"]);
        }
    }

    private static NavigationLink To(HubRequest request, string page, string text)
    {
        var url = request.Addresses.HubPath + page;
        var path = request.Target.RawPath;
        return new NavigationLink(url, text, path.SequenceEqual(url) || path.StartsWith(url + "/", StringComparison.Ordinal));
    }
}
