using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Shares;

namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>Names for the field in which a recipient is typed: only such as the visitor may read anyway.</summary>
internal static class RecipientSuggestions
{
    /// <summary>Names that are suggested at once.</summary>
    public const int Most = 20;

    private const int LongestPart = 255;

    public static async Task RunAsync(HubRequest request)
    {
        var part = request.Query("part") ?? "";
        var names = part.Length <= LongestPart && !part.Contains('\0', StringComparison.Ordinal)
            ? await request.Get<RecipientNames>().FindAsync(request.Known, request.Query("kind") == "group", part, Most, request.Aborted)
            : [];
        await request.JsonAsync(200, writer =>
        {
            writer.WriteStartArray();
            names.ForEach(writer.WriteStringValue);
            writer.WriteEndArray();
        });
    }
}
