using JupyterHub.Core.Authorization;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Users;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Tokens;

/// <summary>Makes API tokens for users. A token never asks for more than its owner has, whoever asks for it.</summary>
internal sealed class TokenCreation(IHubDatabase database, IAuthorities authorities, ScopeEngine engine, JupyterHubOptions options, TimeProvider time)
{
    private const int MostExcessShown = 10;

    /// <summary>Nobody lives to see this token expire; beyond it, times cannot be written.</summary>
    private const long LongestExpiry = 100L * 366 * 24 * 3600;

    /// <summary>Makes the token; null if the owner is gone.</summary>
    /// <exception cref="TokenRefusedException">It was asked for what it cannot be.</exception>
    public async Task<(IssuedToken Issued, TokenRecord Record)?> CreateAsync(HubUser owner, TokenOrder order, CancellationToken cancellationToken)
    {
        var expiresIn = Lifetime(order.ExpiresIn);
        var scopes = await ScopesAsync(order, cancellationToken);
        await CheckAsync(owner, scopes, cancellationToken);
        var wanted = new NewToken { UserId = owner.Id, Scopes = scopes, Note = order.Note, ExpiresIn = expiresIn };
        var issued = await database.WriteAsync(
            async (db, token) => await db.Users.AnyAsync(row => row.Id == owner.Id && row.Name == owner.Name, token)
                ? await HubTokens.AddAsync(db, wanted, time, token)
                : null,
            cancellationToken);
        if (issued is null)
        {
            return null;
        }

        issued.Token.User = owner;
        var given = await authorities.OfTokenAsync(issued.Token, cancellationToken);
        return (issued, new TokenRecord(issued.Token, "JupyterHub", given.Permissions.ToScopes()));
    }

    /// <summary>The scopes of a token that is asked for without any: those of the role <c>token</c>.</summary>
    public Task<IReadOnlyList<string>> DefaultScopesAsync(CancellationToken cancellationToken) => ScopesAsync(new TokenOrder { Note = "" }, cancellationToken);

    private TimeSpan? Lifetime(long? seconds)
    {
        var most = options.TokenExpiresInMaxSeconds;
        if (seconds is < 0 or > LongestExpiry)
        {
            throw new TokenRefusedException($"token expires_in must be a positive integer or null, and {LongestExpiry} at most");
        }

        if (most > 0 && seconds > most)
        {
            throw new TokenRefusedException($"token expires_in: {seconds} must not exceed {most}");
        }

        var granted = seconds is null or 0 ? most : seconds.Value;
        return granted > 0 ? TimeSpan.FromSeconds(granted) : null;
    }

    private async Task<IReadOnlyList<string>> ScopesAsync(TokenOrder order, CancellationToken cancellationToken)
    {
        if (order is { Roles: not null, Scopes: not null })
        {
            throw new TokenRefusedException("Can only assign one of scopes or roles when creating tokens.");
        }

        if (order.Scopes is { } scopes)
        {
            return [.. scopes.Distinct(StringComparer.Ordinal)];
        }

        string[] names = [.. order.Roles?.Distinct(StringComparer.Ordinal) ?? [BuiltInRoles.TokenName]];
        var roles = await database.ReadAsync(
            (db, token) => db.Roles.Where(role => EF.Parameter(names).Contains(role.Name)).ToDictionaryAsync(role => role.Name, role => role.Scopes, StringComparer.Ordinal, token),
            cancellationToken);
        if (order.Roles is null && roles.Count == 0)
        {
            return ["inherit"];
        }

        return names.FirstOrDefault(name => !roles.ContainsKey(name)) is { } unknown
            ? throw new TokenRefusedException($"No such role: {LogText.Bound(unknown)}")
            : [.. roles.Values.SelectMany(given => given).Distinct(StringComparer.Ordinal)];
    }

    private async Task CheckAsync(HubUser owner, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        var held = await authorities.OfUserAsync(owner.Id, cancellationToken);
        try
        {
            var excess = engine.BeyondOwner(scopes, ScopeOwner.User(owner.Name), null, held.Permissions, held.Membership).ToScopes();
            if (excess.Count > 0)
            {
                var shown = string.Join(", ", excess.Take(MostExcessShown).Select(LogText.Bound)) + (excess.Count > MostExcessShown ? ", …" : "");
                throw new TokenRefusedException($"Not assigning requested scopes {shown} not held by User {owner.Name}");
            }
        }
        catch (ScopeException unknown)
        {
            throw new TokenRefusedException(unknown.Message);
        }
    }
}
