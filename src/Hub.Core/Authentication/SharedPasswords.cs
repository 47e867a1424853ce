using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Authentication;

/// <summary>The shared passwords that count: those of the settings, else those that the database keeps.</summary>
internal sealed class SharedPasswords
{
    private readonly SharedPasswordStore store;
    private readonly Dictionary<string, string> configured = new(StringComparer.Ordinal);

    /// <exception cref="HubStartupException">A configured password is too short, or both are the same.</exception>
    public SharedPasswords(SharedPasswordStore store, SharedPasswordOptions options)
    {
        this.store = store;
        var (admin, user) = (options.AdminPassword?.Reveal(), options.UserPassword?.Reveal());
        if (admin is not null && admin == user)
        {
            throw new HubStartupException("Authenticator:AdminPassword and Authenticator:UserPassword must differ.");
        }

        Configure(SharedPasswordKind.Admin, nameof(options.AdminPassword), admin);
        Configure(SharedPasswordKind.User, nameof(options.UserPassword), user);
    }

    /// <summary>Makes up what neither settings nor database have. Called once at start, after the database is open.</summary>
    /// <returns>The new passwords, or null if none was needed.</returns>
    public async Task<FirstRunPasswords?> EnsureAsync(CancellationToken cancellationToken)
    {
        var made = await store.EnsureAsync(
            new[] { SharedPasswordKind.Admin, SharedPasswordKind.User }.Where(kind => !configured.ContainsKey(kind)),
            cancellationToken);
        return made.Count == 0
            ? null
            : new FirstRunPasswords(made.GetValueOrDefault(SharedPasswordKind.Admin), made.GetValueOrDefault(SharedPasswordKind.User));
    }

    /// <summary>The hash that counts now, or null if there is none. The database is asked each time, so that a new password takes effect at once.</summary>
    public async Task<string?> HashOfAsync(string kind, CancellationToken cancellationToken) =>
        configured.TryGetValue(kind, out var hash) ? hash : await store.HashOfAsync(kind, cancellationToken);

    private void Configure(string kind, string setting, string? password)
    {
        if (password is null)
        {
            return;
        }

        var shortest = SharedPasswordKind.ShortestOf(kind);
        if (password.Length < shortest)
        {
            throw new HubStartupException($"Authenticator:{setting} must have at least {shortest} characters, not {password.Length}.");
        }

        configured[kind] = PasswordHash.Create(password);
    }
}
