using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Shares;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Share codes: made, listed without the code, revoked (contract 2.10, 11).</summary>
internal static class ShareCodesEndpoints
{
    private const string OfOwner = "api/share-codes/{owner}";

    public static void Map(HubRouteTable routes)
    {
        routes.Api("GET", OfOwner, ListOfOwner).RequireScopes(ResourceKind.User, "read:shares")
            .Describe("Lists the share codes of all servers of a user, without the codes themselves.").TakesQuery("offset", "limit").Returns(200, "ShareCodes");
        ShareAnswers.RefuseWithoutServer(routes, OfOwner, "POST", "DELETE");
        foreach (var path in new[] { "api/share-codes/{owner}/", "api/share-codes/{owner}/{server}" })
        {
            routes.Api("GET", path, ListOfServer).RequireScopes(ResourceKind.Server, "read:shares")
                .Describe("Lists the share codes of a server, without the codes themselves.").TakesQuery("offset", "limit").Returns(200, "ShareCodes");
            routes.Api("POST", path, Create).RequireScopes(ResourceKind.Server, "shares")
                .Describe("Makes a code that whoever gets it can exchange for access to a server.").Takes("ShareCodeBody").Returns(200, "NewShareCode");
            routes.Api("DELETE", path, Revoke).RequireScopes(ResourceKind.Server, "shares")
                .Describe("Revokes the share code given as code or id, or all codes of a server.").TakesQuery("code", "id").Returns(204);
        }
    }

    private static async Task ListOfOwner(HubRequest request)
    {
        var page = PageRequest.Of(request);
        var codes = await request.Get<ShareCodes>().OfOwnerAsync(request.Value("owner"), page.Offset, page.Limit, request.Aborted);
        await ShareAnswers.ListAsync(request, page, codes ?? throw ShareAnswers.UnknownUser(request.Value("owner")));
    }

    private static async Task ListOfServer(HubRequest request)
    {
        var page = PageRequest.Of(request);
        var codes = await request.Get<ShareCodes>().OfServerAsync(ShareAnswers.ServerOf(request), page.Offset, page.Limit, request.Aborted);
        await ShareAnswers.ListAsync(request, page, codes ?? throw ShareAnswers.UnknownServer(request));
    }

    private static async Task Create(HubRequest request)
    {
        var body = ShareCodeBody.Parse(await request.ReadObjectAsync());
        var result = await request.Get<ShareCodes>().CreateAsync(request.Known, ShareAnswers.ServerOf(request), body.Scopes, body.ExpiresIn, request.Aborted);
        ShareAnswers.RefuseUnlessDone(result);
        await request.JsonAsync(200, writer => request.Get<ShareModels>().Write(writer, result.Value!));
    }

    private static async Task Revoke(HubRequest request)
    {
        var (code, id) = (request.Query("code"), request.Query("id"));
        var isOne = code is not null || id is not null;
        if (isOne && string.IsNullOrEmpty(code) && string.IsNullOrEmpty(id))
        {
            // Somebody's script had nothing to put there: that does not mean all of them.
            throw HubHttpException.NotFound("No matching code found");
        }

        var number = string.IsNullOrEmpty(code) && id is not null ? ShareCodeDetails.ParseId(id) ?? throw UnknownId(id) : (int?)null;
        var count = await request.Get<ShareCodes>().RevokeAsync(
            ShareAnswers.ServerOf(request), string.IsNullOrEmpty(code) ? null : code, number, request.Aborted);
        if (count is null)
        {
            throw ShareAnswers.UnknownServer(request);
        }

        if (isOne && count == 0)
        {
            throw number is null ? HubHttpException.NotFound("No matching code found") : UnknownId(id!);
        }

        await request.EmptyAsync(204);
    }

    private static HubHttpException UnknownId(string id) => HubHttpException.NotFound($"No code found matching id={LogText.Bound(id)}");
}
