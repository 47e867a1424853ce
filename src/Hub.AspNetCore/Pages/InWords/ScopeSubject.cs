namespace JupyterHub.AspNetCore.Pages.InWords;

/// <summary>What a scope is about, in the order in which pages show it.</summary>
internal enum ScopeSubject
{
    Everything,
    Users,
    Servers,
    Groups,
    Tokens,
    Shares,
    Services,
    Roles,
    Hub,
    Custom,
}
