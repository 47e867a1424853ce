namespace JupyterHub.AspNetCore.Routing;

/// <summary>An answer of an endpoint: status and name of the body's schema, null where there is no body.</summary>
internal sealed record RouteAnswer(int Status, string? Schema);
