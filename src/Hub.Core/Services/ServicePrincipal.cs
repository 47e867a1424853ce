using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Services;

/// <summary>A service that there will be after the start.</summary>
/// <param name="Who">The service.</param>
/// <param name="IsAdmin">Its declaration, or its row when it was made at run time, says that it is an administrator.</param>
/// <param name="IsDeclared">The configuration declares it; otherwise it was made at run time.</param>
internal sealed record ServicePrincipal(ScopeOwner Who, bool IsAdmin, bool IsDeclared);
