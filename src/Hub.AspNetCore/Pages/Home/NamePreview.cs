using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Pages.Home;

/// <summary>Which name a new server would have in addresses, while somebody types what people are to call it.</summary>
internal static class NamePreview
{
    public static Task AnswerAsync(HubRequest request)
    {
        var name = ServerNames.NormalizeDisplayName(request.Query("display_name") ?? "") is { } displayName ? SafeSlug.Unique(displayName) : null;
        return request.JsonAsync(200, new JsonObject { ["name"] = name });
    }
}
