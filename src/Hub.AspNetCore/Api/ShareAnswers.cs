using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Shares;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api;

/// <summary>What the endpoints of shares and share codes have in common.</summary>
internal static class ShareAnswers
{
    public static ServerName ServerOf(HubRequest request) => new(request.Value("owner"), request.Value("server"));

    /// <summary>Changes need a server in the path; without one they are refused, but only to those who may change shares (contract 2.10).</summary>
    public static void RefuseWithoutServer(HubRouteTable routes, string path, params string[] methods)
    {
        foreach (var method in methods)
        {
            routes.Api(method, path, _ => throw new HubHttpException(405, "Method Not Allowed")).RequireScopes(ResourceKind.User, "shares")
                .Describe("Always refused: the path names no server.");
        }
    }

    public static Task ListAsync(HubRequest request, PageRequest page, SharePage<ShareDetails> shares) => request.PageAsync(
        page,
        shares.Total,
        writer =>
        {
            writer.WriteStartArray();
            foreach (var share in shares.Items)
            {
                request.Get<ShareModels>().Write(writer, share);
            }

            writer.WriteEndArray();
        },
        isAlwaysWrapped: true);

    public static void RefuseUnlessDone<T>(ShareResult<T> result)
        where T : class
    {
        if (result.Outcome == ShareOutcome.Done)
        {
            return;
        }

        var status = result.Outcome switch
        {
            ShareOutcome.UnknownServer => 404,
            ShareOutcome.NotHeld or ShareOutcome.HiddenRecipient => 403,
            _ => 400,
        };
        throw new HubHttpException(status, result.Message) { RequiredScopes = result.RequiredScope is { } scope ? [scope] : [] };
    }

    public static HubHttpException UnknownServer(HubRequest request) =>
        HubHttpException.NotFound($"No such server: {LogText.Bound(request.Value("owner"))}/{LogText.Bound(request.Value("server"))}");

    public static HubHttpException UnknownUser(string name) => HubHttpException.NotFound($"No such user: {LogText.Bound(name)}");
}
