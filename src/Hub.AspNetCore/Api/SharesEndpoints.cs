using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Shares;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Shares from the owner's side: who has access to a server (contract 2.10, 11).</summary>
internal static class SharesEndpoints
{
    private const string OfOwner = "api/shares/{owner}";

    public static void Map(HubRouteTable routes)
    {
        // The original asks for a server that cannot exist here, so that holders of a server filter get in and no others (contract 2.10).
        routes.Api("GET", OfOwner, ListOfOwner).RequireScopes(ResourceKind.User, "read:shares")
            .Describe("Lists the shares of all servers of a user.").TakesQuery("offset", "limit").Returns(200, "Shares");
        ShareAnswers.RefuseWithoutServer(routes, OfOwner, "POST", "PATCH", "DELETE");
        foreach (var path in new[] { "api/shares/{owner}/", "api/shares/{owner}/{server}" })
        {
            routes.Api("GET", path, ListOfServer).RequireScopes(ResourceKind.Server, "read:shares")
                .Describe("Lists who has been given access to a server.").TakesQuery("offset", "limit").Returns(200, "Shares");
            routes.Api("POST", path, Grant).RequireScopes(ResourceKind.Server, "shares")
                .Describe("Gives a user or a group access to a server.").Takes("ShareBody").Returns(200, "Share");
            routes.Api("PATCH", path, Revoke).RequireScopes(ResourceKind.Server, "shares")
                .Describe("Takes scopes on a server from a user or a group; answers an empty object once nothing is left.").Takes("ShareBody").Returns(200, "Share");
            routes.Api("DELETE", path, RevokeAll).RequireScopes(ResourceKind.Server, "shares")
                .Describe("Takes all access to a server back that was given to anybody.").Returns(204);
        }
    }

    private static async Task ListOfOwner(HubRequest request)
    {
        var page = PageRequest.Of(request);
        var shares = await request.Get<ShareListing>().OfOwnerAsync(request.Value("owner"), page.Offset, page.Limit, request.Aborted);
        await ShareAnswers.ListAsync(request, page, shares ?? throw ShareAnswers.UnknownUser(request.Value("owner")));
    }

    private static async Task ListOfServer(HubRequest request)
    {
        var page = PageRequest.Of(request);
        var shares = await request.Get<ShareListing>().OfServerAsync(ShareAnswers.ServerOf(request), page.Offset, page.Limit, request.Aborted);
        await ShareAnswers.ListAsync(request, page, shares ?? throw ShareAnswers.UnknownServer(request));
    }

    private static async Task Grant(HubRequest request)
    {
        var body = ShareBody.Parse(await request.ReadObjectAsync());
        var result = await request.Get<ShareGrants>().GrantAsync(request.Known, ShareAnswers.ServerOf(request), body.Recipient, body.Scopes, request.Aborted);
        await AnswerAsync(request, result);
    }

    private static async Task Revoke(HubRequest request)
    {
        var body = ShareBody.Parse(await request.ReadObjectAsync());
        await AnswerAsync(request, await request.Get<ShareGrants>().RevokeAsync(ShareAnswers.ServerOf(request), body.Recipient, body.Scopes, request.Aborted));
    }

    private static async Task RevokeAll(HubRequest request)
    {
        if (!await request.Get<ShareGrants>().RevokeAllAsync(ShareAnswers.ServerOf(request), request.Aborted))
        {
            throw ShareAnswers.UnknownServer(request);
        }

        await request.EmptyAsync(204);
    }

    private static Task AnswerAsync(HubRequest request, ShareResult<ShareDetails> result)
    {
        ShareAnswers.RefuseUnlessDone(result);
        return request.JsonAsync(200, writer =>
        {
            if (result.Value is { } share)
            {
                request.Get<ShareModels>().Write(writer, share);
            }
            else
            {
                writer.WriteStartObject();
                writer.WriteEndObject();
            }
        });
    }
}
