using System.Text.Json;
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

    public static Task ListAsync(HubRequest request, PageRequest page, SharePage<ShareDetails> shares) => ListAsync(request, page, shares, request.Get<ShareModels>().Write);

    public static Task ListAsync(HubRequest request, PageRequest page, SharePage<ShareCodeDetails> codes) => ListAsync(request, page, codes, request.Get<ShareModels>().Write);

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

    public static HubHttpException UnknownServer(HubRequest request) => UnknownServer(ServerOf(request));

    public static HubHttpException UnknownServer(ServerName server) => HubHttpException.NotFound($"No such server: {LogText.Bound(server.Owner)}/{LogText.Bound(server.Name)}");

    public static HubHttpException UnknownUser(string name) => HubHttpException.NotFound($"No such user: {LogText.Bound(name)}");

    private static Task ListAsync<T>(HubRequest request, PageRequest page, SharePage<T> list, Action<Utf8JsonWriter, T> write) => request.PageAsync(
        page,
        list.Total,
        writer =>
        {
            writer.WriteStartArray();
            foreach (var item in list.Items)
            {
                write(writer, item);
            }

            writer.WriteEndArray();
        },
        isAlwaysWrapped: true);
}
