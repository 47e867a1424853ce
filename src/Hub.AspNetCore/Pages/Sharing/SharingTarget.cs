using JupyterHub.AspNetCore.Api;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Shares;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>The server whose sharing a form changes, and where its page is.</summary>
/// <param name="Server">The server.</param>
/// <param name="Path">The address of its sharing page, without a query.</param>
internal sealed record SharingTarget(ServerName Server, string Path)
{
    public const string RecipientPage = "page";
    public const string LinkPage = "links";

    public static SharingTarget Of(HubRequest request)
    {
        var server = new ServerName(request.Value("user"), request.Value("server"));
        return new SharingTarget(server, PathOf(request, server));
    }

    public static string PathOf(HubRequest request, ServerName server) => request.Get<ServerViews>().PageOf("sharing", server.Owner, server.Name);

    /// <summary>The page again, at the part of its lists from which the form was sent.</summary>
    public string LocationOf(HubRequest request) => ListPart.Of(request, ListPart.Of(request, Path, RecipientPage).Url, LinkPage).Url;

    /// <summary>The page itself as the answer to a form that has to be corrected.</summary>
    public static Task ShowAgainAsync(HubRequest request, SharingAttempt attempt)
    {
        request.Http.Features.Set(attempt);
        return request.Get<PageRunner>().RunAsync(request.Http, "Sharing/Server");
    }

    /// <summary>The scopes that are chosen in a form.</summary>
    /// <exception cref="HubHttpException">400: more than there can be.</exception>
    public static IReadOnlyList<string> ScopesOf(IFormCollection form, string field = "scopes") =>
        form.TryGetValue(field, out StringValues values) && values.Count > ShareBody.MostScopes
            ? throw HubHttpException.BadRequest("There are not that many permissions.")
            : [.. values.OfType<string>().Where(scope => scope.Length > 0).Distinct(StringComparer.Ordinal)];

    /// <summary>Gives something of the server. A default server that never ran has no row that could be shared, so it is made here.</summary>
    public async Task<ShareResult<T>> GiveAsync<T>(HubRequest request, Func<Task<ShareResult<T>>> give)
        where T : class
    {
        var result = await give();
        if (result.Outcome != ShareOutcome.UnknownServer || Server.Name.Length > 0)
        {
            return result;
        }

        await request.Get<ServerInventory>().OpenAsync(new ServerKey(Server.Owner, ""), prefix: "", ServerChoices.Kept, request.Aborted);
        return await give();
    }
}
