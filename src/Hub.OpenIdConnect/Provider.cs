namespace JupyterHub.OpenIdConnect;

/// <summary>An OpenID Connect provider: its addresses and keys, kept for a while.</summary>
internal sealed class Provider
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    private readonly KeptDocument<ProviderMetadata> metadata;
    private readonly KeptDocument<ProviderKeys> keys;

    public Provider(string issuer, ProviderClient client, TimeProvider time)
    {
        metadata = new KeptDocument<ProviderMetadata>(
            async token => ProviderMetadata.Read(await client.GetAsync($"{issuer.TrimEnd('/')}/.well-known/openid-configuration", null, token), issuer),
            Lifetime, Shortest, time);
        keys = new KeptDocument<ProviderKeys>(
            async token => ProviderKeys.Read(await client.GetAsync((await metadata.GetAsync(token)).KeysEndpoint, null, token)),
            Lifetime, Shortest, time);
    }

    public Task<ProviderMetadata> MetadataAsync(CancellationToken cancellationToken) => metadata.GetAsync(cancellationToken);

    public Task<ProviderKeys> KeysAsync(CancellationToken cancellationToken) => keys.GetAsync(cancellationToken);

    /// <summary>The keys as they are now: a token names one that is not among those kept.</summary>
    public Task<ProviderKeys> NewKeysAsync(CancellationToken cancellationToken) => keys.RenewAsync(cancellationToken);
}
