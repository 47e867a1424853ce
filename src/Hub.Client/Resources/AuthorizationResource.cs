using JupyterHub.Client.Http;
using JupyterHub.Client.Models;

namespace JupyterHub.Client.Resources;

/// <summary>Questions about permissions. Only hubs of this family answer them; the original answers 404.</summary>
public sealed class AuthorizationResource
{
    private readonly HubApi api;

    internal AuthorizationResource(HubApi api) => this.api = api;

    /// <summary>Why somebody may or may not do something.</summary>
    /// <param name="scope">The scope with its filter: <c>start:servers!server=ada/lab</c>.</param>
    /// <param name="who">A user or service; null for the calling token itself.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<AccessExplanation> ExplainAsync(string scope, HubPrincipal? who = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(scope);
        if (who is not null and not { Kind: "user" or "service" })
        {
            throw new ArgumentException("Ask about a user or a service.", nameof(who));
        }

        var body = new ExplainBody(who?.Kind == "user" ? who.Name : null, who?.Kind == "service" ? who.Name : null, scope);
        return api.SendAsync(HttpMethod.Post, "/authorize/explain", HubApi.Json(body, HubJson.Default.ExplainBody), HubJson.Default.AccessExplanation, cancellationToken);
    }
}
