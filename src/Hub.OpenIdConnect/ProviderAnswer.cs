using System.Security.Claims;
using System.Text.Json.Nodes;

namespace JupyterHub.OpenIdConnect;

/// <summary>Whom a provider named.</summary>
/// <param name="Principal">The claims.</param>
/// <param name="Claims">The same as one object, for what is kept with the user.</param>
internal sealed record ProviderAnswer(ClaimsPrincipal Principal, JsonObject Claims);
