using System.Security.Claims;
using JupyterHub.AspNetCore.Requests;

namespace JupyterHub.AspNetCore.Logins;

/// <summary>A way to sign in that sends people elsewhere and takes them in again when they come back.</summary>
internal abstract class RedirectLogin(string name, RedirectLoginOptions settings)
{
    /// <summary>Longer addresses to go on to are forgotten: they would have to fit into the addresses of others.</summary>
    protected const int LongestNext = 2048;

    /// <summary>The login's name in addresses.</summary>
    public string Name => name;

    public RedirectLoginOptions Settings => settings;

    public string DisplayName => settings.DisplayName.Length > 0 ? settings.DisplayName : name;

    /// <summary>Who vouches, where no claim says so.</summary>
    public abstract string Issuer { get; }

    /// <summary>Claims that tell people apart, if the settings name none; the first that is there.</summary>
    public abstract IReadOnlyList<string> SubjectClaims { get; }

    /// <summary>Claims with the name, if the settings name none.</summary>
    public abstract IReadOnlyList<string> NameClaims { get; }

    /// <summary>Who vouches for this person; null if that is not told.</summary>
    public virtual string? IssuerOf(ClaimsPrincipal principal) => Issuer;

    /// <summary>True if several issuers stand behind the login, each with people of any name.</summary>
    public virtual bool HasSeveralIssuers => false;

    /// <summary>Says what the application lacks for this login; null for nothing.</summary>
    public virtual Task<string?> ProblemAsync(IServiceProvider services) => Task.FromResult<string?>(null);

    /// <summary>Sends the browser away.</summary>
    public abstract Task StartAsync(HubRequest request, string? next);

    /// <summary>Reads who comes back, if it is the browser that was sent away.</summary>
    public abstract Task<LoginReturn> ReturnAsync(HubRequest request);

    /// <summary>Where the login begins.</summary>
    public static string StartPath(string hubPath, string login, string? next) =>
        $"{hubPath}login/{login}{(string.IsNullOrEmpty(next) ? "" : $"?next={Uri.EscapeDataString(next)}")}";

    /// <summary>Where people come back to, with scheme and host as their browsers see them.</summary>
    public string ReturnUri(HubRequest request) =>
        (request.Addresses.PublicUrl is { } url ? url.GetLeftPart(UriPartial.Authority) : $"{request.Client.Scheme}://{request.Client.Host}") + ReturnPath(request);

    /// <summary>Where people come back to.</summary>
    protected string ReturnPath(HubRequest request) => $"{request.Addresses.HubPath}login/{name}/callback";
}
