using System.Text.Json.Nodes;

namespace JupyterHub.Core.Configuration;

/// <summary>A hub service that the operator declares: an item of <c>JupyterHub:Services</c>. It runs by itself, or as a process of the hub's, and calls the hub with its token.</summary>
public sealed class ServiceDeclaration
{
    /// <summary>The service's name; no two services share one.</summary>
    public string Name { get; set; } = "";

    /// <summary>The service counts as administrator. A role that names what it needs is better.</summary>
    public bool Admin { get; set; }

    /// <summary>The token that the service calls the hub with: 8 to 1024 characters without spaces. It is the secret of its OAuth client, too. A service that the hub runs is given one if none is set.</summary>
    public HubSecret? ApiToken { get; set; }

    /// <summary>Program and arguments of a service that the hub starts, starts again when it ends, and stops; unset: the service runs by itself.</summary>
    public IList<string> Command { get; set; } = [];

    /// <summary>Where the service listens, when it has pages: an http or https URL. With the port 0 the hub chooses one for a service that it runs.</summary>
    public string? Url { get; set; }

    /// <summary>Scopes that the service may be granted by people who sign in to it. Without any it only learns who they are.</summary>
    public IList<string> OauthClientAllowedScopes { get; set; } = [];

    /// <summary>Roles whose scopes are meant by <see cref="OauthClientAllowedScopes"/> where that is empty.</summary>
    public IList<string> OauthRoles { get; set; } = [];

    /// <summary>Identifier of the service's OAuth client, beginning with <c>service-</c>; by default <c>service-</c> and the name.</summary>
    public string? OauthClientId { get; set; }

    /// <summary>Where people come back to after signing in; by default <c>oauth_callback</c> below the service's path, if it has a URL.</summary>
    public string? OauthRedirectUri { get; set; }

    /// <summary>Do not ask people who sign in to the service whether they agree.</summary>
    public bool OauthNoConfirm { get; set; }

    /// <summary>Anything that clients of the REST API are to know about the service.</summary>
    public JsonObject? Info { get; set; }

    /// <summary>Show the service among those that people can open; unset: yes.</summary>
    public bool? Display { get; set; }

    /// <summary>Environment variables of a service that the hub runs; they may replace the hub's own.</summary>
    public IDictionary<string, string> Environment { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Working folder of a service that the hub runs; unset: the hub's own.</summary>
    [HubPath]
    public string? Cwd { get; set; }

    /// <summary>System user of a service that the hub runs; unset: the hub's own. Only a hub that runs as root can name another.</summary>
    public string? User { get; set; }

    /// <summary>Seconds that a service which the hub runs may take to answer at its URL when the hub starts.</summary>
    public int Timeout { get; set; } = 30;

    /// <summary>Whether people sign in to the service through the hub.</summary>
    internal bool HasOAuthClient => Url is not null || OauthClientId is not null || OauthRedirectUri is not null || OauthNoConfirm;

    /// <summary>Whether the hub runs it.</summary>
    internal bool IsManaged => Command.Count > 0;

    /// <summary>Whether the hub chooses its port.</summary>
    internal bool HasChosenPort => Url is not null && new Uri(Url).Port == 0;

    /// <summary>Whether the token was made by the hub, and is as hard to guess as its own.</summary>
    internal bool HasMadeToken { get; set; }

    /// <summary>The identifier of its OAuth client, given or not.</summary>
    internal string ClientId => OauthClientId ?? $"service-{Name}";
}
