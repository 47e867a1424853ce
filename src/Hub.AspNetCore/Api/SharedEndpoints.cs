using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Shares;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Shares from the recipient's side: what is shared with a user or a group, and leaving it (contract 2.10).</summary>
internal static class SharedEndpoints
{
    public static void Map(HubRouteTable routes)
    {
        routes.Api("GET", "api/users/{user}/shared", ListOfUser).RequireScopes(ResourceKind.User, "read:users:shares")
            .Describe("Lists what is shared with a user, directly or through groups.").TakesQuery("offset", "limit").Returns(200, "Shares");
        routes.Api("GET", "api/groups/{group}/shared", ListOfGroup).RequireScopes(ResourceKind.Group, "read:groups:shares")
            .Describe("Lists what is shared with a group.").TakesQuery("offset", "limit").Returns(200, "Shares");
        foreach (var server in new[] { "{owner}/", "{owner}/{server}" })
        {
            routes.Api("GET", $"api/users/{{user}}/shared/{server}", Get).RequireScopes(ResourceKind.User, "read:users:shares")
                .Describe("Shows the share of a server with a user.").Returns(200, "Share");
            routes.Api("DELETE", $"api/users/{{user}}/shared/{server}", Leave).RequireScopes(ResourceKind.User, "users:shares")
                .Describe("Ends the share of a server with a user.").Returns(204);
            routes.Api("GET", $"api/groups/{{group}}/shared/{server}", Get).RequireScopes(ResourceKind.Group, "read:groups:shares")
                .Describe("Shows the share of a server with a group.").Returns(200, "Share");
            routes.Api("DELETE", $"api/groups/{{group}}/shared/{server}", Leave).RequireScopes(ResourceKind.Group, "groups:shares")
                .Describe("Ends the share of a server with a group.").Returns(204);
        }
    }

    private static async Task ListOfUser(HubRequest request)
    {
        var page = PageRequest.Of(request);
        var shares = await request.Get<ShareListing>().WithUserAsync(request.Value("user"), page.Offset, page.Limit, request.Aborted);
        await ShareAnswers.ListAsync(request, page, shares ?? throw ShareAnswers.UnknownUser(request.Value("user")));
    }

    private static async Task ListOfGroup(HubRequest request)
    {
        var page = PageRequest.Of(request);
        var shares = await request.Get<ShareListing>().WithGroupAsync(request.Value("group"), page.Offset, page.Limit, request.Aborted);
        await ShareAnswers.ListAsync(request, page, shares ?? throw HubHttpException.NotFound($"No such group: {LogText.Bound(request.Value("group"))}"));
    }

    private static async Task Get(HubRequest request)
    {
        var share = await request.Get<ShareListing>().FindAsync(ShareAnswers.ServerOf(request), RecipientOf(request), request.Aborted) ?? throw NoSuchShare(request);
        await request.JsonAsync(200, writer => request.Get<ShareModels>().Write(writer, share));
    }

    private static async Task Leave(HubRequest request)
    {
        if (!await request.Get<ShareGrants>().LeaveAsync(ShareAnswers.ServerOf(request), RecipientOf(request), request.Aborted))
        {
            throw NoSuchShare(request);
        }

        await request.EmptyAsync(204);
    }

    private static ShareRecipient RecipientOf(HubRequest request) =>
        request.Value("group") is { Length: > 0 } group ? new ShareRecipient(IsGroup: true, group) : new ShareRecipient(IsGroup: false, request.Value("user"));

    private static HubHttpException NoSuchShare(HubRequest request)
    {
        var (recipient, server) = (RecipientOf(request), ShareAnswers.ServerOf(request));
        return HubHttpException.NotFound(
            $"No such share for {recipient.Kind} {LogText.Bound(recipient.Name)} on {LogText.Bound(server.Owner)}/{LogText.Bound(server.Name)}");
    }
}
