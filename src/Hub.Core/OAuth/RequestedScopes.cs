using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Core.Roles;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.OAuth;

/// <summary>Which scopes an authorization may carry: first what the client may ask for, then what the user can give (contract 6.3, steps 7 and 9).</summary>
internal sealed class RequestedScopes(ScopeEngine engine, TimeProvider time)
{
    /// <summary>What clients before 2.0 asked for; it gives nothing beyond the required scopes.</summary>
    public const string Identify = "identify";

    private const string Inherit = "inherit";
    private const int MostNames = 256;

    /// <summary>The scopes of a request's parameter, or null when it asks for none in particular.</summary>
    public static IReadOnlyList<string>? Parse(string? parameter) => parameter is null ? null : Authentication.PythonText.Strip(parameter).Split(' ');

    /// <summary>Replaces role names, which clients before 3.0 send, by scopes. Null if something is neither all scopes nor all roles.</summary>
    public async Task<IReadOnlySet<string>?> FindAsync(HubDbContext context, IEnumerable<string> asked, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(asked, StringComparer.Ordinal);
        names.Remove(Identify);
        if (names.Count > MostNames)
        {
            return null;
        }

        if (AllExist(names))
        {
            return names;
        }

        var wanted = names.ToList();
        var roles = await context.Roles.AsNoTracking().Live(time.GetUtcNow().UtcDateTime).Where(role => wanted.Contains(role.Name)).Select(role => role.Scopes).ToListAsync(cancellationToken);
        var scopes = roles.SelectMany(role => role).ToHashSet(StringComparer.Ordinal);
        return roles.Count == names.Count && AllExist(scopes) ? scopes : null;
    }

    /// <summary>The request with the required scopes, or null if it exceeds what the client may ask for.</summary>
    public IReadOnlyList<string>? ForClient(IReadOnlySet<string> requested, RegisteredClient client, string userName, Authority user)
    {
        var wanted = requested.Union(client.RequiredScopes).ToList();
        var allowed = client.Row.AllowedScopes.Union(client.RequiredScopes);
        try
        {
            var resolution = engine.Resolve(wanted, allowed, ScopeOwner.User(userName), client.Owner?.Client, user.Membership);
            return resolution.Refused.Count == 0 ? wanted : null;
        }
        catch (ScopeException)
        {
            // The client's own list names a scope that is gone; then it allows nothing.
            return null;
        }
    }

    /// <summary>What of it the user holds.</summary>
    public ScopeResolution ForUser(IReadOnlyList<string> requested, RegisteredClient client, string userName, Authority user) =>
        engine.Resolve(
            requested,
            user.RawScopes.Union(client.RequiredScopes).Append(Inherit),
            ScopeOwner.User(userName),
            client.Owner?.Client,
            user.Membership);

    /// <summary>True if the user still holds all that a code was issued for.</summary>
    public bool AreStillHeld(IEnumerable<string> scopes, RegisteredClient client, string userName, Authority user)
    {
        try
        {
            var beyondIdentity = scopes.Where(scope => scope != Inherit).Except(RegisteredClient.IdentityScopes);
            var expanded = engine.Expand(beyondIdentity, ScopeOwner.User(userName), client.Owner?.Client);
            var held = engine.Intersect(expanded, user.Permissions, user.Membership);
            return expanded.ToScopes().SequenceEqual(held.ToScopes());
        }
        catch (ScopeException)
        {
            return false;
        }
    }

    private bool AllExist(IEnumerable<string> scopes)
    {
        try
        {
            engine.Validate(scopes);
            return true;
        }
        catch (ScopeException)
        {
            return false;
        }
    }
}
