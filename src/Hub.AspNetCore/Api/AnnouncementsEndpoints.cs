using System.Text.Json;
using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Announcements;
using JupyterHub.Core.Diagnostics;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Announcements at run time, which the original does not have.</summary>
/// <remarks>
/// Writing asks for <c>admin:users</c> without a filter. What stands on the sign-in page everybody believes, so it is for those who could
/// sign in as anybody anyway; <c>admin-ui</c> only opens pages, and its holders need not be allowed anything.
/// </remarks>
internal static class AnnouncementsEndpoints
{
    public const string ReadScope = "read:hub";
    public const string WriteScope = "admin:users";

    public static void Map(HubRouteTable routes)
    {
        routes.Api("GET", "api/announcements", List).RequireScopes(null, ReadScope)
            .Describe("List what pages tell everybody, set here or by the configuration.").Returns(200, "Announcements");
        routes.Api("PUT", "api/announcements/{page}", Set).RequireScopes(null, WriteScope)
            .Describe("Set what a page tells everybody, or with the name all what every page does that has none of its own.").Takes("AnnouncementBody").Returns(200, "Announcement");
        routes.Api("DELETE", "api/announcements/{page}", Remove).RequireScopes(null, WriteScope)
            .Describe("Take back what was set, so that the configuration counts again.").Returns(204);
    }

    /// <summary>Who asks, as it is kept with what they changed.</summary>
    public static string NameOf(HubRequest request) => $"{request.Known.Kind.ToString().ToLowerInvariant()} {request.Known.Name}";

    /// <summary>The page that the path names.</summary>
    /// <exception cref="HubHttpException">404: there is none.</exception>
    public static string PageOf(HubRequest request) => request.Value("page") is var page && (page == PageNames.All || PageNames.Known.Contains(page))
        ? page
        : throw HubHttpException.NotFound($"No such page: {LogText.Bound(page)}; pages are {PageNames.All}, {string.Join(", ", PageNames.Known.Order(StringComparer.Ordinal))}");

    private static async Task List(HubRequest request)
    {
        var all = await request.Get<PageAnnouncements>().ListAsync(request.Aborted);
        await request.JsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("announcements");
            foreach (var announcement in all)
            {
                Write(writer, announcement);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static async Task Set(HubRequest request)
    {
        var page = PageOf(request);
        var body = await request.ReadObjectAsync();
        BodyValues.CheckKeys(body, "message");
        var message = BodyValues.Text(body, "message", PageAnnouncements.LongestMessage) ?? throw HubHttpException.BadRequest("message is missing");
        var made = await request.Get<PageAnnouncements>().SetAsync(page, message, NameOf(request), request.Aborted);
        await request.JsonAsync(200, writer => Write(writer, made));
    }

    private static async Task Remove(HubRequest request)
    {
        if (!await request.Get<PageAnnouncements>().RemoveAsync(PageOf(request), NameOf(request), request.Aborted))
        {
            throw HubHttpException.NotFound("Nothing was set for this page");
        }

        await request.EmptyAsync(204);
    }

    private static void Write(Utf8JsonWriter writer, PageAnnouncement announcement)
    {
        writer.WriteStartObject();
        writer.WriteString("page", announcement.Page);
        writer.WriteString("message", announcement.Message);
        writer.WriteString("origin", announcement.IsConfigured ? "config" : "api");
        writer.WriteString("changed_by", announcement.ChangedBy);
        writer.WriteString("changed_at", ModelJson.Timestamp(announcement.ChangedAt));
        writer.WriteEndObject();
    }
}
