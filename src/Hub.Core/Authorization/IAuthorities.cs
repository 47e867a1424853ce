using JupyterHub.Core.Tokens;

namespace JupyterHub.Core.Authorization;

/// <summary>Answers what users, services and tokens may do. Answers are kept only as long as they are provably fresh.</summary>
internal interface IAuthorities
{
    Task<Authority> OfUserAsync(int userId, CancellationToken cancellationToken);

    Task<Authority> OfServiceAsync(int serviceId, CancellationToken cancellationToken);

    /// <summary>What a token gives: never more than its owner may do.</summary>
    Task<Authority> OfTokenAsync(HubToken token, CancellationToken cancellationToken);
}
