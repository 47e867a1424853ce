namespace JupyterHub.Core.Authorization;

/// <summary>The two kinds of principals.</summary>
internal enum RequesterKind
{
    User,
    Service,
}
