using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Roles.Questions;

/// <summary>May somebody do something?</summary>
/// <param name="Who">A user or service; null for the credential that asks.</param>
/// <param name="Scope">The scope's name.</param>
/// <param name="Resource">The entity that it is needed for; null if it has to be held without a filter.</param>
internal sealed record AccessQuestion(ScopeOwner? Who, string Scope, Resource? Resource);
