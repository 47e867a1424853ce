using System.CommandLine;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Cli.Scopes.Commands;

/// <summary>The arguments that say what somebody wants to do.</summary>
internal static class QuestionArguments
{
    public static Argument<string?> Resource() => new("resource")
    {
        Description = "What it is needed for: user:NAME, group:NAME, service:NAME or server:OWNER/NAME; without it, it has to be held for everything",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Resource? Read(string? resource) => resource is null ? null : Entities.Resource(resource);

    /// <summary>Refuses a filter, which people may write where the entity is a separate argument.</summary>
    /// <exception cref="ScopesRefusedException">The scope has a filter.</exception>
    /// <exception cref="ScopeException">There is no such scope.</exception>
    public static void CheckScope(ScopeCatalog catalog, string scope)
    {
        if (scope.Contains('!', StringComparison.Ordinal))
        {
            throw new ScopesRefusedException($"Leave the filter of {Worlds.JsonShape.Quote(scope)} out and name the entity behind the scope, as in: servers server:ada/lab");
        }

        _ = catalog[scope];
    }
}
