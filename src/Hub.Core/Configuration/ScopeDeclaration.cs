namespace JupyterHub.Core.Configuration;

/// <summary>A scope for the services of this deployment: a value of <c>JupyterHub:CustomScopes</c>, whose name begins with <c>custom:</c>.</summary>
public sealed class ScopeDeclaration
{
    /// <summary>One sentence for people who are asked to grant the scope.</summary>
    public string Description { get; set; } = "";

    /// <summary>Custom scopes that this one implies; each is declared, too.</summary>
    public IList<string> Subscopes { get; set; } = [];
}
