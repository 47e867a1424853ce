using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Core.Spawning;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Servers;

/// <summary>Computes the scopes of a server's own token: what is configured, but never more than its owner holds.</summary>
internal sealed class ServerTokenScopes(IHubDatabase database, IAuthorities authorities, ScopeEngine engine, SpawnerOptions options, ILogger<ServerTokenScopes> logger)
{
    private const string ActivityScope = "users:activity!user";

    private static readonly string[] DefaultScopes = [ActivityScope, "access:servers!server"];

    /// <exception cref="ServerFailureException">A configured scope does not exist.</exception>
    public async Task<IReadOnlyList<string>> OfAsync(ServerRecord record, CancellationToken cancellationToken)
    {
        var requested = Complete(await DeclaredAsync(cancellationToken), record.Key);
        var authority = await authorities.OfUserAsync(record.UserId, cancellationToken);
        try
        {
            var resolution = engine.Resolve(
                requested,
                [.. authority.RawScopes, "inherit"],
                ScopeOwner.User(record.Key.UserName),
                client: null,
                authority.Membership);
            if (resolution.Refused.Count > 0)
            {
                Log.TokenScopesReduced(logger, record.SpawnerId, resolution.Refused.Count);
            }

            return resolution.Allowed;
        }
        catch (ScopeException exception)
        {
            throw new ServerFailureException(
                new ServerFailure(ServerFailureReason.Internal, $"The scopes of servers' tokens are not right (JupyterHub:Spawner:ServerTokenScopes or the role server): {exception.Message}"),
                exception);
        }
    }

    private async Task<IEnumerable<string>> DeclaredAsync(CancellationToken cancellationToken)
    {
        if (options.ServerTokenScopes is { Count: > 0 } configured)
        {
            return configured;
        }

        var role = await database.ReadAsync(
            (context, token) => context.Roles.SingleOrDefaultAsync(role => role.Name == "server", token),
            cancellationToken);
        return role?.Scopes ?? (IEnumerable<string>)DefaultScopes;
    }

    /// <summary>
    /// Makes <c>!server</c> explicit, which nothing could resolve later because the token is not issued to the server's own
    /// client, and adds the scope without which a server cannot report activity.
    /// </summary>
    private static List<string> Complete(IEnumerable<string> declared, ServerKey key)
    {
        var scopes = declared
            .Select(scope => scope.EndsWith("!server", StringComparison.Ordinal) ? $"{scope}={key.UserName}/{key.ServerName}" : scope)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (!scopes.Exists(scope => scope is ActivityScope or "users:activity" or "inherit"))
        {
            scopes.Add(ActivityScope);
        }

        return scopes;
    }
}
