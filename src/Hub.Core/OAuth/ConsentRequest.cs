using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Core.OAuth;

/// <summary>What the consent page shows and sends back.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="ClientDescription">What it is called.</param>
/// <param name="RedirectUri">Where the answer goes.</param>
/// <param name="Scopes">The raw scopes that the form sends back as repeated <c>scopes</c>, sorted.</param>
/// <param name="DescribedScopes">Those of them that need words; empty when the client only learns who the user is.</param>
/// <param name="Client">The server or service that asks; null if it belongs to nothing known.</param>
internal sealed record ConsentRequest(
    string ClientId, string ClientDescription, string RedirectUri, IReadOnlyList<string> Scopes, IReadOnlyList<string> DescribedScopes, Resource? Client);
