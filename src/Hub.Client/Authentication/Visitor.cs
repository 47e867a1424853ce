using JupyterHub.Client.Models;

namespace JupyterHub.Client.Authentication;

/// <summary>Whom a request comes from, and the token that says so.</summary>
internal sealed record Visitor(HubIdentity Identity, string Token);
