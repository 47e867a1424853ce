using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.OAuth;

namespace JupyterHub.AspNetCore.OAuth;

/// <summary>The forms that answers to OAuth clients share (RFC 6749 sections 5.1 and 5.2).</summary>
internal static class OAuthAnswers
{
    public static void ForbidStoring(HubRequest request)
    {
        var headers = request.Http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.Pragma = "no-cache";
    }

    public static Task FailAsync(HubRequest request, TokenExchangeResult.Failure failure)
    {
        var body = new JsonObject { ["error"] = failure.Error };
        if (failure.Description is { } description)
        {
            body["error_description"] = description;
        }

        request.Http.Response.Headers.WWWAuthenticate = failure.Challenge;
        return request.JsonAsync(failure.Status, body);
    }
}
